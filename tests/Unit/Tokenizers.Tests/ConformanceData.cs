using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Atropos.Tokenizers.Tests;

/// <summary>The files of the conformance data, whose format its README tells.</summary>
internal static class ConformanceData
{
    /// <summary>The tokenizer.json of a family's folder, packed or not; null where it has none.</summary>
    public static byte[]? Tokenizer(string folder)
    {
        var plain = Path.Combine(folder, "tokenizer.json");
        if (File.Exists(plain))
        {
            return File.ReadAllBytes(plain);
        }

        if (!File.Exists(plain + ".gz"))
        {
            return null;
        }

        using var stream = new GZipStream(File.OpenRead(plain + ".gz"), CompressionMode.Decompress);
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return buffer.ToArray();
    }

    /// <summary>The lines of a packed file, parsed; none where there is no such file.</summary>
    public static IEnumerable<JsonElement> Lines(string path)
    {
        if (!File.Exists(path))
        {
            yield break;
        }

        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress), Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            using var document = JsonDocument.Parse(line);
            yield return document.RootElement;
        }
    }

    public static string? OptionalText(this JsonElement item, string name) => item.TryGetProperty(name, out var text) ? text.GetString() : null;

    public static int[]? OptionalInts(this JsonElement item, string name) => item.TryGetProperty(name, out var list) ? Ints(list) : null;

    public static int[] Ints(JsonElement list)
    {
        var values = new int[list.GetArrayLength()];
        var index = 0;
        foreach (var value in list.EnumerateArray())
        {
            values[index++] = value.GetInt32();
        }

        return values;
    }
}
