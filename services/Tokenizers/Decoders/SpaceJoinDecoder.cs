using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Decoders;

/// <summary>What a tokenizer without a decoder does: tokens with a space between them.</summary>
internal sealed class SpaceJoinDecoder : TokenDecoder
{
    public override DecoderStage Start(DecoderStage next) => new Stage(next);

    public override void Map(ReadOnlySpan<char> token, TokenPlace place, TextBuffer output)
    {
        if ((place & TokenPlace.First) == 0)
        {
            output.Append(' ');
        }

        output.Append(token);
    }

    private sealed class Stage(DecoderStage next) : DecoderStage
    {
        private bool _first = true;
        private bool _inside;

        public override void Write(ReadOnlySpan<char> text)
        {
            Begin();
            next.Write(text);
        }

        public override void EndToken()
        {
            Begin();
            _inside = false;
            next.EndToken();
        }

        public override void Complete() => next.Complete();

        private void Begin()
        {
            if (!_inside && !_first)
            {
                next.Write(" ");
            }

            _inside = true;
            _first = false;
        }
    }
}
