using Atropos.TestSupport;

namespace Atropos.Tokenizers.Tests;

/// <summary>The conformance data beside the repository, where there is any.</summary>
internal static class Shared
{
    /// <summary>A folder under shared/conformance; skips the test, saying why, where the data is not there.</summary>
    public static string Folder(string name)
    {
        var folder = Repository.SharedPath("conformance", name);
        if (!Directory.Exists(folder))
        {
            Assert.Skip($"No conformance data: shared/conformance/{name} is neither beside the repository nor where ATROPOS_SHARED says.");
        }

        return folder;
    }
}
