namespace Atropos.ChatFormats.Tests;

/// <summary>The conformance data beside the repository, where there is any.</summary>
internal static class Shared
{
    /// <summary>The lines of a file under shared/conformance/parsers; skips the test, saying why, where the data is not there.</summary>
    public static string[] Lines(string name)
    {
        var root = Environment.GetEnvironmentVariable("ATROPOS_SHARED") ?? Beside();
        var file = Path.Combine(root ?? "", "conformance", "parsers", name);
        if (root is null || !File.Exists(file))
        {
            Assert.Skip($"No conformance data: shared/conformance/parsers/{name} is neither beside the repository nor where ATROPOS_SHARED says.");
        }

        return File.ReadAllLines(file);
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
