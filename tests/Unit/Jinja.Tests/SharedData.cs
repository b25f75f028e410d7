using System.IO.Compression;
using System.Text.Json;
using Atropos.TestSupport;

namespace Atropos.Jinja.Tests;

/// <summary>Finds the conformance data that lies beside the repository on machines that have it.</summary>
internal static class SharedData
{
    public static string RequireFolder(string relative)
    {
        var folder = Repository.SharedPath(relative);
        if (!Directory.Exists(folder))
        {
            Assert.Skip($"The conformance data is not here: no shared/{relative} beside the repository, and ATROPOS_SHARED does not name it.");
        }

        return folder;
    }

    public static IEnumerable<JsonDocument> ReadLines(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            yield return JsonDocument.Parse(line);
        }
    }
}
