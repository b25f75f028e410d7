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
    private const int TokenLength = 6;

    public override bool MapsTokens => false;

    public override DecoderStage Start(DecoderStage next) => new Stage(next);

    /// <summary>Reads a byte token; also <c>&lt;0x+A&gt;</c>, which the original takes for one.</summary>
    public static bool TryParse(ReadOnlySpan<char> token, out byte value)
    {
        value = 0;
        if (token.Length != TokenLength || !token.StartsWith("<0x", StringComparison.Ordinal) || token[^1] != '>')
        {
            return false;
        }

        var digits = token[3] == '+' ? token[4..5] : token[3..5];
        return byte.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    private sealed class Stage(DecoderStage next) : DecoderStage
    {
        private readonly ArrayBufferWriter<byte> _run = new(16);
        private readonly TextBuffer _token = new();
        private bool _open;

        public override void Write(ReadOnlySpan<char> text)
        {
            if (!_open)
            {
                _token.Append(text);
                if (_token.Length <= TokenLength)
                {
                    return;
                }

                Open();
                text = _token.Span;
            }

            next.Write(text);
        }

        public override void EndToken()
        {
            if (!_open && TryParse(_token.Span, out var value))
            {
                _run.GetSpan(1)[0] = value;
                _run.Advance(1);
            }
            else
            {
                if (!_open)
                {
                    Open();
                    next.Write(_token.Span);
                }

                next.EndToken();
            }

            _token.Length = 0;
            _open = false;
        }

        public override void Complete()
        {
            EndRun();
            next.Complete();
        }

        private void Open()
        {
            EndRun();
            _open = true;
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
