using System.Diagnostics;
using System.Globalization;

namespace Atropos.Benchmarks.Peers;

/// <summary>Something that stands before the engine, in processes of its own whose CPU time can be read.</summary>
internal sealed class Peer : IAsyncDisposable
{
    private const double TicksPerSecond = 100;

    private readonly Process? _process;
    private readonly Action? _cleanUp;

    public Peer(string name, Uri url, string path, Process? process, Action? cleanUp = null)
    {
        Name = name;
        Url = url;
        Path = path;
        _process = process;
        _cleanUp = cleanUp;
    }

    public string Name { get; }

    public Uri Url { get; }

    public string Path { get; }

    /// <summary>CPU time of the process and its children so far; null where there is no process between.</summary>
    public TimeSpan? CpuTime()
    {
        if (_process is null)
        {
            return null;
        }

        var ticks = 0L;
        foreach (var stat in Directory.EnumerateDirectories("/proc").Where(IsProcess).Select(ReadStat).OfType<string[]>())
        {
            var id = int.Parse(stat[0], CultureInfo.InvariantCulture);
            var parent = int.Parse(stat[3], CultureInfo.InvariantCulture);
            if (id == _process.Id || parent == _process.Id)
            {
                ticks += long.Parse(stat[13], CultureInfo.InvariantCulture) + long.Parse(stat[14], CultureInfo.InvariantCulture);
            }
        }

        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        _cleanUp?.Invoke();
    }

    private static bool IsProcess(string folder) => int.TryParse(System.IO.Path.GetFileName(folder), CultureInfo.InvariantCulture, out _);

    private static string[]? ReadStat(string folder)
    {
        try
        {
            // The name, in parentheses, may hold spaces.
            var text = File.ReadAllText(System.IO.Path.Combine(folder, "stat"));
            var open = text.IndexOf('(', StringComparison.Ordinal);
            var close = text.LastIndexOf(')');
            return open < 0 ? null : (text[..open] + "name" + text[(close + 1)..]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
