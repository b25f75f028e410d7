using System.Buffers;
using System.Text;
using Atropos.Tokenizers.Streaming;
using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Decoders;

/// <summary>Turns ByteLevel's characters back into bytes and these into one text; a token with any other character stands for its own UTF-8.</summary>
internal sealed class ByteLevelDecoder : TokenDecoder
{
    public override bool MapsTokens => false;

    public override DecoderStage Start(DecoderStage next) => new Stage(next);

    /// <summary>Appends the bytes that a token stands for.</summary>
    public static void AppendBytes(ReadOnlySpan<char> token, IBufferWriter<byte> output)
    {
        var bytes = output.GetSpan(token.Length + 1);
        for (var index = 0; index < token.Length; index++)
        {
            var value = ByteAlphabet.ToByte(token[index]);
            if (value < 0)
            {
                Encoding.UTF8.GetBytes(token, output);
                return;
            }

            bytes[index] = (byte)value;
        }

        output.Advance(token.Length);
    }

    private sealed class Stage(DecoderStage next) : DecoderStage
    {
        private readonly Utf8Assembler _assembler = new(next);
        private readonly ArrayBufferWriter<byte> _bytes = new(64);
        private readonly TextBuffer _token = new();

        public override void Write(ReadOnlySpan<char> text) => _token.Append(text);

        public override void EndToken()
        {
            AppendBytes(_token.Span, _bytes);
            _assembler.Append(_bytes.WrittenSpan);
            _bytes.ResetWrittenCount();
            _token.Length = 0;
        }

        public override void Complete()
        {
            _assembler.Flush();
            next.EndToken();
            next.Complete();
        }
    }
}
