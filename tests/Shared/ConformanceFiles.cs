using System.IO.Compression;
using System.Text.Json;

namespace Atropos.TestSupport;

/// <summary>Reads the conformance data beside the repository, whose files are plain or packed (<c>.gz</c>); its README tells their format.</summary>
internal static partial class ConformanceFiles
{
    /// <summary>The tokenizer.json of a family's folder; null where it has none.</summary>
    public static byte[]? Tokenizer(string familyFolder)
    {
        using var file = OpenTokenizer(familyFolder);
        if (file is null)
        {
            return null;
        }

        using var buffer = new MemoryStream();
        file.CopyTo(buffer);
        return buffer.ToArray();
    }

    /// <summary>The same as a stream, which the caller closes; null where the folder has none.</summary>
    public static Stream? OpenTokenizer(string familyFolder) => Open(Path.Combine(familyFolder, "tokenizer.json"));

    /// <summary>Whether there is such a file, plain or packed.</summary>
    /// <param name="path">The file's path without <c>.gz</c>.</param>
    public static bool Exists(string path) => File.Exists(path) || File.Exists(path + ".gz");

    /// <summary>The lines of a file.</summary>
    /// <param name="path">The file's path without <c>.gz</c>.</param>
    /// <exception cref="FileNotFoundException">There is neither the plain nor the packed file.</exception>
    public static IEnumerable<string> Lines(string path)
    {
        using var reader = new StreamReader(Open(path) ?? throw new FileNotFoundException($"Neither {path} nor {path}.gz is there.", path));
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    /// <summary>The lines of a JSON Lines file, each to be used before the next one is asked for.</summary>
    /// <inheritdoc cref="Lines"/>
    public static IEnumerable<JsonElement> Items(string path)
    {
        foreach (var line in Lines(path))
        {
            using var document = JsonDocument.Parse(line);
            yield return document.RootElement;
        }
    }

    private static Stream? Open(string path)
    {
        if (File.Exists(path))
        {
            return File.OpenRead(path);
        }

        return File.Exists(path + ".gz") ? new GZipStream(File.OpenRead(path + ".gz"), CompressionMode.Decompress) : null;
    }
}
