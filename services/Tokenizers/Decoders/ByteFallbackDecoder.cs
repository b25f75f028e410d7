using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Decoders;

/// <summary>
/// Joins runs of byte tokens such as <c>&lt;0xE4&gt;</c> into text. A run that is not valid UTF-8 as a whole becomes one U+FFFD a byte,
/// as in the original; so a run is certain only when it has ended.
/// </summary>
internal sealed class ByteFallbackDecoder : TokenDecoder
{
    public override DecoderStage Start(DecoderStage next) => new Stage(next);

    public override byte[]? TokenBytes(string token) => TryParse(token, out var value) ? [value] : null;

    private static bool TryParse(ReadOnlySpan<char> token, out byte value)
    {
        value = 0;
        return token.Length == 6 && token.StartsWith("<0x", StringComparison.Ordinal) && token[5] == '>'
            && byte.TryParse(token[3..5], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    private sealed class Stage(DecoderStage next) : DecoderStage
    {
        private readonly ArrayBufferWriter<byte> _run = new(16);
        private readonly TextBuffer _token = new();

        public override void Write(ReadOnlySpan<char> text) => _token.Append(text);

        public override void EndToken()
        {
            if (TryParse(_token.Span, out var value))
            {
                _run.GetSpan(1)[0] = value;
                _run.Advance(1);
            }
            else
            {
                EndRun();
                next.Write(_token.Span);
                next.EndToken();
            }

            _token.Length = 0;
        }

        public override void Complete()
        {
            EndRun();
            next.Complete();
        }

        private void EndRun()
        {
            var run = _run.WrittenSpan;
            if (run.IsEmpty)
            {
                return;
            }

            if (Utf8.IsValid(run))
            {
                next.Write(Encoding.UTF8.GetString(run));
                next.EndToken();
            }
            else
            {
                for (var count = run.Length; count > 0; count--)
                {
                    next.Write("\uFFFD");
                    next.EndToken();
                }
            }

            _run.ResetWrittenCount();
        }
    }
}
