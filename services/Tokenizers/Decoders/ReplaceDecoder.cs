using Atropos.Tokenizers.Patterns;
using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Decoders;

/// <summary>Replaces every match of a pattern inside a token by a fixed text.</summary>
internal sealed class ReplaceDecoder(TextPattern pattern, string content) : TokenDecoder
{
    public override DecoderStage Start(DecoderStage next) => new Stage(next, pattern, content);

    public override string TokenText(string token)
    {
        var buffer = TextBuffer.Rent();
        var result = pattern.TryReplace(token, content, buffer) ? buffer.Span.ToString() : token;
        TextBuffer.Return(buffer);
        return result;
    }

    private sealed class Stage(DecoderStage next, TextPattern pattern, string content) : DecoderStage
    {
        private readonly TextBuffer _token = new();
        private readonly TextBuffer _replaced = new();

        public override void Write(ReadOnlySpan<char> text)
        {
            _token.Append(text);

            // A literal is certain where no match of it can still begin; an expression only at the token's end.
            if (pattern is LiteralPattern { Literal: var literal })
            {
                var settled = Settled(_token.Span, literal);
                Forward(_token.Span[..settled]);
                _token.RemovePrefix(settled);
            }
        }

        public override void EndToken()
        {
            Forward(_token.Span);
            _token.Length = 0;
            next.EndToken();
        }

        public override void Complete() => next.Complete();

        /// <summary>How much of the text can be decided now: up to a possible beginning of the literal that the text's end cuts off.</summary>
        private static int Settled(ReadOnlySpan<char> text, string literal)
        {
            var after = 0;
            while (text[after..].IndexOf(literal, StringComparison.Ordinal) is >= 0 and var found)
            {
                after += found + literal.Length;
            }

            for (var length = Math.Min(literal.Length - 1, text.Length - after); length > 0; length--)
            {
                if (text.EndsWith(literal.AsSpan(0, length), StringComparison.Ordinal))
                {
                    return text.Length - length;
                }
            }

            return text.Length;
        }

        private void Forward(ReadOnlySpan<char> text)
        {
            _replaced.Length = 0;
            next.Write(pattern.TryReplace(text, content, _replaced) ? _replaced.Span : text);
        }
    }
}
