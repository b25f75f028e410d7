using System.Diagnostics;
using Atropos.TestSupport;

namespace Atropos.Compat.Tests.Foreign;

/// <summary>Finds Python with grpcio and Node with grpc-js; skips the test, saying how to install them, where there is none.</summary>
internal static class ForeignTools
{
    private static readonly Lazy<string?> PythonPath = new(() =>
        new[] { Environment.GetEnvironmentVariable("ATROPOS_PYTHON"), "/usr/bin/python3", "python3" }
            .FirstOrDefault(path => !string.IsNullOrEmpty(path) && Runs(path, "-c", "import grpc, google.protobuf")));

    public static string EchoProto => Path.Combine(AppContext.BaseDirectory, "echo.proto");

    public static string Script(string language, string name) =>
        Path.Combine(Repository.Root, "tests", "Conformance", "Compat.Tests", "interop", language, name);

    public static string PythonOrSkip()
    {
        if (PythonPath.Value is null)
        {
            Missing("No python3 with grpcio here: apt-get install python3-grpcio python3-protobuf, or name one in ATROPOS_PYTHON.");
        }

        return PythonPath.Value!;
    }

    public static string NodeOrSkip()
    {
        if (!Directory.Exists(Script("node", "node_modules")) || !Runs("node", "--version"))
        {
            Missing("No Node with grpc-js here: install Node, then `npm ci` in tests/Conformance/Compat.Tests/interop/node.");
        }

        return "node";
    }

    // Where everything is installed on purpose, what is missing is a failure.
    private static void Missing(string message)
    {
        Assert.False(Environment.GetEnvironmentVariable("CI") == "true", message);
        Assert.Skip(message);
    }

    /// <summary>Writes the echo service's descriptor to a file of its own, which the caller deletes.</summary>
    public static string WriteDescriptor()
    {
        var path = Path.GetTempFileName();
        File.WriteAllBytes(path, Atropos.Tests.Echo.EchoReflection.Descriptor.SerializedData.ToByteArray());
        return path;
    }

    private static bool Runs(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
