using System.Text;
using Atropos.Tokenizers.Streaming;
using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Decoders;

/// <summary>Turns ByteLevel's characters back into bytes and these into one text; a token with any other character stands for its own UTF-8.</summary>
internal sealed class ByteLevelDecoder : TokenDecoder
{
    public override DecoderStage Start(DecoderStage next) => new Stage(next);

    public override byte[] TokenBytes(string token) => ToBytes(token);

    private static byte[] ToBytes(ReadOnlySpan<char> token)
    {
        var bytes = new byte[token.Length];
        for (var index = 0; index < token.Length; index++)
        {
            var value = ByteAlphabet.ToByte(token[index]);
            if (value < 0)
            {
                return Encoding.UTF8.GetBytes(token.ToString());
            }

            bytes[index] = (byte)value;
        }

        return bytes;
    }

    private sealed class Stage(DecoderStage next) : DecoderStage
    {
        private readonly Utf8Assembler _assembler = new();
        private readonly StringBuilder _text = new();
        private readonly TextBuffer _token = new();

        public override void Write(ReadOnlySpan<char> text) => _token.Append(text);

        public override void EndToken()
        {
            _assembler.Append(ToBytes(_token.Span), _text);
            _token.Length = 0;
            Forward();
        }

        public override void Complete()
        {
            _assembler.Flush(_text);
            Forward();
            next.EndToken();
            next.Complete();
        }

        private void Forward()
        {
            foreach (var chunk in _text.GetChunks())
            {
                next.Write(chunk.Span);
            }

            _text.Clear();
        }
    }
}
