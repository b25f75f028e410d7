using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Atropos.Integration.Tests.Support;

/// <summary>One of the product's processes, started as a user would start it, with what it printed.</summary>
internal sealed partial class HostProcess : IAsyncDisposable
{
    private const int SigInt = 2;
    private const int SigTerm = 15;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly Lock _gate = new();
    private int _disposed;
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HostProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Note(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Note(_errors, line.Data);
    }

    public string Output => Read(_output);

    public string Errors => Read(_errors);

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Starts the assembly of that name, which lies beside the tests.</summary>
    public static HostProcess Start(string assembly, params string[] arguments) =>
        Start(new Dictionary<string, string>(), assembly, arguments);

    /// <summary>Starts the assembly of that name with further environment variables.</summary>
    public static HostProcess Start(IReadOnlyDictionary<string, string> environment, string assembly, params string[] arguments)
    {
        // Where the tests themselves run in the background, Ctrl-C would be ignored by what they start.
        var start = new ProcessStartInfo("env")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.ArgumentList.Add("--default-signal=INT");
        start.ArgumentList.Add("dotnet");
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"));
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var host = new HostProcess(new Process { StartInfo = start });
        host._process.Start();
        host._process.BeginOutputReadLine();
        host._process.BeginErrorReadLine();
        return host;
    }

    /// <summary>Waits until the output satisfies a condition; fails with the output where the process ends first.</summary>
    public async Task<T> WaitForAsync<T>(Func<string, T?> find)
        where T : class
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            Task news;
            lock (_gate)
            {
                news = _news.Task;
            }

            if (find(Output) is { } found)
            {
                return found;
            }

            Assert.False(_process.HasExited, $"The process ended: {Output}\n{Errors}");
            try
            {
                await Task.WhenAny(news, _process.WaitForExitAsync(patience.Token)).WaitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"Not printed in {Patience.TotalSeconds} s. Output: {Output}\n{Errors}");
            }
        }
    }

    /// <summary>Waits until it says where it listens.</summary>
    public Task<string> ListeningAsync() => WaitForAsync(output => Address().Match(output) is { Success: true } match ? match.Value : null);

    /// <summary>Waits for the end and gives the exit code.</summary>
    public async Task<int> WaitForExitAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>What Ctrl-C does.</summary>
    public void Interrupt() => Signal(SigInt);

    /// <summary>What a supervisor does.</summary>
    public void Terminate() => Signal(SigTerm);

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await WaitForExitAsync();
    }

    /// <summary>Resident memory in bytes.</summary>
    public long ResidentBytes()
    {
        _process.Refresh();
        return _process.WorkingSet64;
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Kill(int process, int signal);

    [GeneratedRegex(@"http://\S+")]
    private static partial Regex Address();

    private void Signal(int signal) => Assert.Equal(0, Kill(_process.Id, signal));

    private void Note(StringBuilder target, string? line)
    {
        lock (_gate)
        {
            target.AppendLine(line);
            _news.TrySetResult();
            _news = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private string Read(StringBuilder source)
    {
        lock (_gate)
        {
            return source.ToString();
        }
    }
}
