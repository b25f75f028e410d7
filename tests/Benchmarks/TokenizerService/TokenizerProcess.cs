using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Atropos.Benchmarks.TokenizerService;

/// <summary>The tokenizer's host as a process of its own, whose CPU time can be read.</summary>
internal sealed partial class TokenizerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private TokenizerProcess(Process process, Uri url)
    {
        _process = process;
        Url = url;
    }

    public Uri Url { get; }

    public TimeSpan CpuTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public double PeakMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64 / 1e6;
        }
    }

    public static async Task<TokenizerProcess> StartAsync(string? tokenizer)
    {
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "atropos-tokenizer.dll"), "--host", "127.0.0.1", "--port", "0"];
        if (tokenizer is not null)
        {
            arguments = [.. arguments, "--tokenizer", tokenizer];
        }

        var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (GrpcLine().Match(line) is { Success: true } match)
            {
                _ = process.StandardOutput.ReadToEndAsync();
                return new TokenizerProcess(process, new Uri(match.Groups["url"].Value));
            }
        }

        throw new InvalidOperationException("The tokenizer's host did not start.");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    [GeneratedRegex(@"gRPC\s+(?<url>http://\S+)")]
    private static partial Regex GrpcLine();
}
