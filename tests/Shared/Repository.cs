namespace Atropos.TestSupport;

/// <summary>Where the tests' repository lies, and what may lie beside it.</summary>
internal static class Repository
{
    private static readonly Lazy<string> Folder = new(Find);

    /// <summary>The folder with Atropos.Grpc.sln.</summary>
    public static string Root => Folder.Value;

    /// <summary>
    /// The path of reference material: in the folder that ATROPOS_SHARED names, else in <c>shared</c> beside the repository. It need not
    /// exist; tests over it are then skipped.
    /// </summary>
    public static string SharedPath(params string[] relative)
    {
        var named = Environment.GetEnvironmentVariable("ATROPOS_SHARED");
        var shared = string.IsNullOrEmpty(named) ? Path.Combine(Path.GetDirectoryName(Root) ?? Root, "shared") : named;
        return Path.Combine([shared, .. relative]);
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Atropos.Grpc.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("The tests do not run inside the repository: no Atropos.Grpc.sln above them.");
    }
}
