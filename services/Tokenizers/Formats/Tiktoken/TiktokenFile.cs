using System.Buffers;
using System.Buffers.Text;

namespace Atropos.Tokenizers.Formats.Tiktoken;

/// <summary>Reads a tiktoken vocabulary: a line for each token, its bytes in base64, a space, its rank.</summary>
internal static class TiktokenFile
{
    /// <summary>Whether the content begins as such a file does.</summary>
    public static bool Looks(ReadOnlySpan<byte> content)
    {
        var end = content.IndexOf((byte)'\n');
        var line = (end < 0 ? content : content[..end]).TrimEnd((byte)'\r');
        return line.Length <= 4096 && TryParse(line, new byte[line.Length], out _, out _);
    }

    public static RankedVocabulary Read(string file, ReadOnlySpan<byte> content)
    {
        var vocabulary = new RankedVocabulary(file, content.Count((byte)'\n') + 1);
        var buffer = ArrayPool<byte>.Shared.Rent(256);
        var number = 0;
        foreach (var range in content.Split((byte)'\n'))
        {
            number++;
            var line = content[range].TrimEnd((byte)'\r');
            if (line.IsEmpty)
            {
                continue;
            }

            if (buffer.Length < line.Length)
            {
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = ArrayPool<byte>.Shared.Rent(line.Length);
            }

            if (!TryParse(line, buffer, out var length, out var rank))
            {
                throw new TokenizerLoadException(
                    file,
                    $"line {number}",
                    $"expected 'base64 rank', found '{System.Text.Encoding.UTF8.GetString(line[..Math.Min(line.Length, 80)])}'");
            }

            vocabulary.Add(buffer.AsSpan(0, length), rank, $"line {number}");
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return vocabulary;
    }

    private static bool TryParse(ReadOnlySpan<byte> line, Span<byte> token, out int length, out int rank)
    {
        length = rank = 0;
        var space = line.IndexOf((byte)' ');
        return space > 0
            && Base64.DecodeFromUtf8(line[..space], token, out var read, out length) == OperationStatus.Done
            && read == space
            && length > 0
            && Utf8Parser.TryParse(line[(space + 1)..], out rank, out var used)
            && used == line.Length - space - 1
            && rank >= 0;
    }
}
