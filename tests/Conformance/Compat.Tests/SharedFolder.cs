namespace Atropos.Compat.Tests;

/// <summary>Finds reference material that may lie beside the repository.</summary>
internal static class SharedFolder
{
    public static string? Find(string relative)
    {
        var named = Environment.GetEnvironmentVariable("ATROPOS_SHARED");
        if (!string.IsNullOrEmpty(named))
        {
            var path = Path.Combine(named, relative);
            return File.Exists(path) ? path : null;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Atropos.Grpc.sln")))
            {
                var path = Path.Combine(folder.Parent!.FullName, "shared", relative);
                return File.Exists(path) ? path : null;
            }
        }

        return null;
    }
}
