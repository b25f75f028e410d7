using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Decoders;

/// <summary>Decodes aligned output: drops repetitions of a token, the padding, and, cleaning up, makes spaces of the word delimiter.</summary>
internal sealed class CtcDecoder(string padToken, string wordDelimiter, bool cleanup) : TokenDecoder
{
    // Whether a token counts hangs on the one before it.
    public override bool MapsTokens => false;

    public override DecoderStage Start(DecoderStage next) => new Stage(next, this);

    public override void Map(ReadOnlySpan<char> token, TokenPlace place, TextBuffer output)
    {
        // Looking for an empty text to take it out changes nothing.
        if (!cleanup)
        {
            Literals.Replace(token, padToken, "", output);
            return;
        }

        var unpadded = TextBuffer.Rent();
        var clean = TextBuffer.Rent();
        Literals.Replace(token, padToken, "", unpadded);
        CleanUp.Token(unpadded.Span, clean);
        Literals.Replace(clean.Span, wordDelimiter, " ", output);
        TextBuffer.Return(clean);
        TextBuffer.Return(unpadded);
    }

    private sealed class Stage(DecoderStage next, CtcDecoder decoder) : DecoderStage
    {
        private readonly TextBuffer _mapped = new();
        private TextBuffer _token = new();
        private TextBuffer _last = new();
        private bool _first = true;

        public override void Write(ReadOnlySpan<char> text) => _token.Append(text);

        public override void EndToken()
        {
            if (_first || !_token.Span.SequenceEqual(_last.Span))
            {
                _first = false;
                _mapped.Length = 0;
                decoder.Map(_token.Span, TokenPlace.Middle, _mapped);
                if (_mapped.Length > 0)
                {
                    next.Write(_mapped.Span);
                    next.EndToken();
                }
            }

            (_token, _last) = (_last, _token);
            _token.Length = 0;
        }

        public override void Complete() => next.Complete();
    }
}
