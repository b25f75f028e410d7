using System.Text;

namespace Atropos.Tokenizers.Streaming;

/// <summary>Turns bytes into text as they come, keeping back the beginning of a character that is not whole yet.</summary>
internal sealed class Utf8Assembler
{
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();

    public void Append(ReadOnlySpan<byte> bytes, StringBuilder output) => Append(bytes, output, flush: false);

    /// <summary>Ends the text: what was kept back becomes U+FFFD.</summary>
    public void Flush(StringBuilder output) => Append([], output, flush: true);

    private void Append(ReadOnlySpan<byte> bytes, StringBuilder output, bool flush)
    {
        const int Step = 256;
        Span<char> chars = stackalloc char[Step + 4];
        do
        {
            var part = bytes[..Math.Min(Step, bytes.Length)];
            bytes = bytes[part.Length..];
            output.Append(chars[.._decoder.GetChars(part, chars, flush && bytes.IsEmpty)]);
        }
        while (!bytes.IsEmpty);
    }
}
