using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Decoders;

/// <summary>Turns the mark of a word's end into a space, in the last token into nothing; so what follows a mark is certain with the next token.</summary>
internal sealed class BpeSuffixDecoder(string suffix) : TokenDecoder
{
    // What becomes of a mark hangs on whether another token follows.
    public override bool MapsTokens => false;

    public override DecoderStage Start(DecoderStage next) => new Stage(next, suffix);

    public override void Map(ReadOnlySpan<char> token, TokenPlace place, TextBuffer output) =>
        Literals.Replace(token, suffix, (place & TokenPlace.Last) != 0 ? "" : " ", output);

    private sealed class Stage(DecoderStage next, string suffix) : DecoderStage
    {
        private readonly TextBuffer _held = new();
        private readonly TextBuffer _replaced = new();
        private bool _ended;

        public override void Write(ReadOnlySpan<char> text)
        {
            Begin();
            _held.Append(text);
            if (suffix.Length == 0)
            {
                return;
            }

            var found = _held.Span.IndexOf(suffix, StringComparison.Ordinal);
            var certain = found >= 0 ? found : Literals.Settled(_held.Span, suffix);
            next.Write(_held.Span[..certain]);
            _held.RemovePrefix(certain);
        }

        public override void EndToken()
        {
            Begin();
            _ended = true;
        }

        public override void Complete()
        {
            if (_ended)
            {
                End("");
            }

            next.Complete();
        }

        private void Begin()
        {
            if (_ended)
            {
                End(" ");
            }
        }

        private void End(string content)
        {
            _replaced.Length = 0;
            Literals.Replace(_held.Span, suffix, content, _replaced);
            next.Write(_replaced.Span);
            next.EndToken();
            _held.Length = 0;
            _ended = false;
        }
    }
}
