using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Decoders;

/// <summary>Joins word pieces: a space before each token but the first, unless it begins with the prefix of a word's continuation.</summary>
internal sealed class WordPieceDecoder(string prefix, bool cleanup) : TokenDecoder
{
    public override DecoderStage Start(DecoderStage next) => new Stage(cleanup ? CleanUp.StartTokens(next) : next, prefix);

    public override void Map(ReadOnlySpan<char> token, TokenPlace place, TextBuffer output)
    {
        if (!cleanup)
        {
            Join(token, place, output);
            return;
        }

        var joined = TextBuffer.Rent();
        Join(token, place, joined);
        CleanUp.Token(joined.Span, output);
        TextBuffer.Return(joined);
    }

    private void Join(ReadOnlySpan<char> token, TokenPlace place, TextBuffer output)
    {
        if ((place & TokenPlace.First) == 0)
        {
            if (token.StartsWith(prefix, StringComparison.Ordinal))
            {
                token = token[prefix.Length..];
            }
            else
            {
                output.Append(' ');
            }
        }

        output.Append(token);
    }

    private sealed class Stage(DecoderStage next, string prefix) : DecoderStage
    {
        private readonly TextBuffer _beginning = new();
        private bool _open = true;

        public override void Write(ReadOnlySpan<char> text)
        {
            if (_open)
            {
                next.Write(text);
                return;
            }

            _beginning.Append(text);
            if (_beginning.Length >= prefix.Length || !prefix.AsSpan().StartsWith(_beginning.Span, StringComparison.Ordinal))
            {
                Open();
            }
        }

        public override void EndToken()
        {
            if (!_open)
            {
                Open();
            }

            _open = false;
            next.EndToken();
        }

        public override void Complete() => next.Complete();

        private void Open()
        {
            var beginning = _beginning.Span;
            if (beginning.StartsWith(prefix, StringComparison.Ordinal))
            {
                beginning = beginning[prefix.Length..];
            }
            else
            {
                next.Write(" ");
            }

            next.Write(beginning);
            _beginning.Length = 0;
            _open = true;
        }
    }
}
