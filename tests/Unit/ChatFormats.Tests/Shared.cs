using Atropos.TestSupport;

namespace Atropos.ChatFormats.Tests;

/// <summary>The conformance data beside the repository, where there is any.</summary>
internal static class Shared
{
    /// <summary>The lines of a file under shared/conformance/parsers; skips the test, saying why, where the data is not there.</summary>
    public static string[] Lines(string name)
    {
        var file = Repository.SharedPath("conformance", "parsers", name);
        if (!File.Exists(file))
        {
            Assert.Skip($"No conformance data: shared/conformance/parsers/{name} is neither beside the repository nor where ATROPOS_SHARED says.");
        }

        return File.ReadAllLines(file);
    }
}
