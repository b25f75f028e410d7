using System.IO.Compression;
using Atropos.TestSupport;

namespace Atropos.TokenizerFuzz.Tests.Subjects;

/// <summary>Real and synthetic tokenizer.json files beside the repository, where there are any.</summary>
internal static class SharedFamilies
{
    public static string? Folder => Directory.Exists(Repository.SharedPath("conformance", "tokenizers"))
        ? Repository.SharedPath("conformance", "tokenizers")
        : null;

    public static IEnumerable<(string Name, byte[] Json)> All()
    {
        foreach (var folder in Directory.GetDirectories(Folder!).Order(StringComparer.Ordinal))
        {
            if (Read(folder) is { } json)
            {
                yield return (Path.GetFileName(folder), json);
            }
        }
    }

    private static byte[]? Read(string folder)
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
}
