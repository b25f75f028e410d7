using System.IO.Compression;
using System.Text.Json;

namespace Atropos.Jinja.Tests;

/// <summary>Finds the conformance data that lies beside the repository on machines that have it.</summary>
internal static class SharedData
{
    public static string RequireFolder(string relative)
    {
        var root = Environment.GetEnvironmentVariable("ATROPOS_SHARED") ?? FindBesideRepository();
        var folder = root is null ? null : Path.Combine(root, relative);
        if (folder is null || !Directory.Exists(folder))
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

    private static string? FindBesideRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Atropos.Grpc.sln")))
            {
                // A worktree lies one level deeper than a checkout, so that the data may be a level further up.
                return new[] { "../shared", "../../shared" }
                    .Select(relative => Path.GetFullPath(Path.Combine(folder.FullName, relative)))
                    .FirstOrDefault(Directory.Exists);
            }
        }

        return null;
    }
}
