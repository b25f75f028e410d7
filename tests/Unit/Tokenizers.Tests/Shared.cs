namespace Atropos.Tokenizers.Tests;

/// <summary>The conformance data beside the repository, where there is any.</summary>
internal static class Shared
{
    /// <summary>A folder under shared/conformance; skips the test, saying why, where the data is not there.</summary>
    public static string Folder(string name)
    {
        var root = Environment.GetEnvironmentVariable("ATROPOS_SHARED") ?? Beside();
        var folder = Path.Combine(root ?? "", "conformance", name);
        if (root is null || !Directory.Exists(folder))
        {
            Assert.Skip($"No conformance data: shared/conformance/{name} is neither beside the repository nor where ATROPOS_SHARED says.");
        }

        return folder;
    }

    private static string? Beside()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Atropos.Grpc.sln")) && folder.Parent is { } parent)
            {
                return Path.Combine(parent.FullName, "shared");
            }
        }

        return null;
    }
}
