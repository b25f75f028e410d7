using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Atropos.TestSupport;

namespace Atropos.Benchmarks.Tokenizers;

/// <summary>Loading and what stays resident, each in a fresh process.</summary>
internal static class LoadTable
{
    private const int Processes = 5;

    public static void Write(IEnumerable<TokenizerFile> files)
    {
        Console.WriteLine("\n### Loading: best of fresh processes; resident memory after loading and a collection, less that of the runtime alone\n");
        Console.WriteLine("| tokenizer | ours, ms | original, ms | | ours again, ms | ours, MB | original, MB | |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var file in files)
        {
            (double First, double Again, double Resident)[] ours = [.. Enumerable.Range(0, Processes).Select(_ => InFreshProcess(file.Path))];
            (double Time, double Resident)[] original = Oracle.Missing() is null ? [.. Enumerable.Range(0, Processes).Select(_ => Theirs(file.Path))] : [];
            var first = ours.Min(run => run.First);
            var resident = ours.Min(run => run.Resident);
            var (theirTime, theirResident) = original.Length == 0 ? (0, 0) : (original.Min(run => run.Time), original.Min(run => run.Resident));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {file.Name} | {first:F0} | {theirTime:F0} | {first / theirTime:P0} | {ours.Min(run => run.Again):F0} | {resident:F0} | {theirResident:F0} | {resident / theirResident:P0} |"));
        }
    }

    /// <summary>What a fresh process does: prints milliseconds of the first load, of the best later one, and resident megabytes.</summary>
    public static void RunInThisProcess(string path)
    {
        var before = Resident();
        var start = Stopwatch.GetTimestamp();
        var tokenizer = Atropos.Tokenizers.Tokenizer.FromJson(File.ReadAllBytes(path));
        var first = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        var resident = Resident() - before;
        GC.KeepAlive(tokenizer);
        var again = double.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            start = Stopwatch.GetTimestamp();
            Atropos.Tokenizers.Tokenizer.FromJson(File.ReadAllBytes(path));
            again = Math.Min(again, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{first} {again} {resident / 1e6}"));
    }

    private static (double First, double Again, double Resident) InFreshProcess(string path)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [.. Entry(), "tokenizers-load", path]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var numbers = process.StandardOutput.ReadToEnd().Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        process.WaitForExit();
        return (numbers[0], numbers[1], numbers[2]);
    }

    // Started by `dotnet x.dll` the process is dotnet; started by its own executable it is that.
    private static string[] Entry() => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [Assembly.GetEntryAssembly()!.Location] : [];

    private static (double Time, double Resident) Theirs(string path)
    {
        using var original = Original.Start();
        var before = original.Memory();
        var time = original.Load(path).TotalMilliseconds;
        return (time, (original.Memory() - before) / 1e6);
    }

    private static long Resident()
    {
        for (var round = 0; round < 3; round++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
