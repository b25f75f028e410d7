namespace Atropos.TestSupport;

/// <content>For tests, which are skipped where there is no data.</content>
internal static partial class ConformanceFiles
{
    /// <summary>A folder under shared/conformance; skips the test, saying why, where it is not there.</summary>
    public static string RequiredFolder(params string[] relative) => Required(relative, Directory.Exists);

    /// <summary>A file under shared/conformance, plain or packed, as a path without <c>.gz</c>; skips the test, saying why, where it is not there.</summary>
    public static string RequiredFile(params string[] relative) => Required(relative, Exists);

    private static string Required(string[] relative, Predicate<string> exists)
    {
        var path = Repository.SharedPath(["conformance", .. relative]);
        if (!exists(path))
        {
            Assert.Skip($"No conformance data: shared/conformance/{string.Join('/', relative)} is neither beside the repository nor where ATROPOS_SHARED says.");
        }

        return path;
    }
}
