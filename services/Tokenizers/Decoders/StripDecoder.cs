using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Decoders;

/// <summary>Takes up to so many of one character from the start and the end of each token.</summary>
/// <param name="content">The character, of one or two UTF-16 units.</param>
/// <param name="start">How many at most from the start.</param>
/// <param name="stop">How many at most from the end.</param>
internal sealed class StripDecoder(string content, int start, int stop) : TokenDecoder
{
    public string Content => content;

    public int AtStart => start;

    public int AtStop => stop;

    public override DecoderStage Start(DecoderStage next) =>
        content.Length > 1 ? new WholeTokenStage(next, this) : new Stage(next, content[0], start, stop);

    public override void Map(ReadOnlySpan<char> token, TokenPlace place, TextBuffer output)
    {
        for (var left = start; left > 0 && token.StartsWith(content, StringComparison.Ordinal); left--)
        {
            token = token[content.Length..];
        }

        for (var left = stop; left > 0 && token.EndsWith(content, StringComparison.Ordinal); left--)
        {
            token = token[..^content.Length];
        }

        output.Append(token);
    }

    private sealed class Stage(DecoderStage next, char content, int start, int stop) : DecoderStage
    {
        private readonly TextBuffer _certain = new();
        private int _startLeft = -1;
        private int _held;

        public override void Write(ReadOnlySpan<char> text)
        {
            _startLeft = _startLeft < 0 ? start : _startLeft;
            while (_startLeft > 0 && !text.IsEmpty)
            {
                if (text[0] != content)
                {
                    _startLeft = 0;
                    break;
                }

                text = text[1..];
                _startLeft--;
            }

            if (stop == 0)
            {
                next.Write(text);
                return;
            }

            // What may turn out to be the token's end waits: at most the last `stop` characters, where they are the content.
            var kept = text.TrimEnd(content);
            if (!kept.IsEmpty)
            {
                Release(_held);
                _held = 0;
                _certain.Append(kept);
            }

            _held += text.Length - kept.Length;
            Release(_held - stop);
            _held = Math.Min(_held, stop);
            next.Write(_certain.Span);
            _certain.Length = 0;
        }

        public override void EndToken()
        {
            _held = 0;
            _startLeft = -1;
            next.EndToken();
        }

        public override void Complete() => next.Complete();

        private void Release(int count)
        {
            for (; count > 0; count--)
            {
                _certain.Append(content);
            }
        }
    }
}
