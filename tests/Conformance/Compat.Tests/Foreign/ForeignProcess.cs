using System.Diagnostics;
using System.Globalization;

namespace Atropos.Compat.Tests.Foreign;

/// <summary>A script in another language, as server or client. It ends with this object at the latest.</summary>
internal sealed class ForeignProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task<string> _errors;

    private ForeignProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    public static ForeignProcess Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        return new ForeignProcess(Process.Start(start)!);
    }

    /// <summary>Waits until a server says which port it has.</summary>
    public async Task<int> PortAsync()
    {
        var line = await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        Assert.True(line?.StartsWith("PORT ", StringComparison.Ordinal), $"The server did not start: {line} {await ErrorsIfEndedAsync()}");
        return int.Parse(line!.AsSpan(5), CultureInfo.InvariantCulture);
    }

    /// <summary>Waits until a client has made its checks, and asserts that they hold.</summary>
    public async Task AssertSuccessAsync()
    {
        var output = await _process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        await _process.WaitForExitAsync().WaitAsync(Patience);
        Assert.True(_process.ExitCode == 0, $"exit code {_process.ExitCode}: {output} {await _errors}");
        Assert.StartsWith("OK", output, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private async Task<string> ErrorsIfEndedAsync() => _process.HasExited ? await _errors : "";
}
