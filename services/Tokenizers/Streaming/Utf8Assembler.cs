using System.Text;
using Atropos.Tokenizers.Decoders;

namespace Atropos.Tokenizers.Streaming;

/// <summary>Turns bytes into text for a stage as they come, keeping back the beginning of a character that is not whole yet.</summary>
internal sealed class Utf8Assembler(DecoderStage next)
{
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();

    public void Append(ReadOnlySpan<byte> bytes) => Append(bytes, flush: false);

    /// <summary>Ends the text: what was kept back becomes U+FFFD.</summary>
    public void Flush() => Append([], flush: true);

    private void Append(ReadOnlySpan<byte> bytes, bool flush)
    {
        const int Step = 256;
        Span<char> chars = stackalloc char[Step + 4];
        do
        {
            var part = bytes[..Math.Min(Step, bytes.Length)];
            bytes = bytes[part.Length..];
            next.Write(chars[.._decoder.GetChars(part, chars, flush && bytes.IsEmpty)]);
        }
        while (!bytes.IsEmpty);
    }
}
