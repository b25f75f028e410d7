namespace Grpc.Core;

/// <summary>Versions of the published API that this assembly stands for.</summary>
public static class VersionInfo
{
    /// <summary>Version of the assembly.</summary>
    public const string CurrentAssemblyVersion = "2.0.0.0";

    /// <summary>Version of the assembly file.</summary>
    public const string CurrentAssemblyFileVersion = "2.66.0.0";

    /// <summary>Version of the API.</summary>
    public const string CurrentVersion = "2.66.0-dev";
}
