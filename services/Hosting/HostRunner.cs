using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Hosting;

namespace Atropos.Hosting;

/// <summary>Runs a host, and says in one line why where it cannot start.</summary>
public static class HostRunner
{
    /// <summary>Exit code of a host that could not start because of its settings or a port in use.</summary>
    public const int BadStart = 2;

    /// <summary>Builds and runs a host until it is stopped (SIGTERM, Ctrl-C, or by itself).</summary>
    /// <param name="build">Builds the host; where it throws <see cref="BadOptionException"/>, that is reported too.</param>
    /// <param name="error">Where the line goes; null for standard error.</param>
    /// <param name="started">Called when the host listens; for the lines that say so. Null for nothing.</param>
    /// <returns>
    /// The exit code: 0 after a normal stop, <see cref="BadStart"/> where the host could not start because of its settings or
    /// a port in use. Any other failure is thrown.
    /// </returns>
    public static async Task<int> RunAsync(Func<WebApplication> build, TextWriter? error = null, Action<WebApplication>? started = null)
    {
        ArgumentNullException.ThrowIfNull(build);
        error ??= Console.Error;
        try
        {
            await using var app = build();
            await app.StartAsync();
            started?.Invoke(app);
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (Exception exception) when (Explain(exception) is { } line)
        {
            await error.WriteLineAsync(line.ReplaceLineEndings(" "));
            return BadStart;
        }
    }

    /// <summary>Runs a host until it is stopped (SIGTERM, Ctrl-C, or by itself).</summary>
    /// <param name="app">The host; it is disposed.</param>
    /// <param name="error">Where the line goes; null for standard error.</param>
    /// <param name="started">Called when the host listens; for the lines that say so. Null for nothing.</param>
    /// <returns>The exit code, as with the other overload.</returns>
    public static Task<int> RunAsync(WebApplication app, TextWriter? error = null, Action<WebApplication>? started = null) =>
        RunAsync(() => app, error, started);

    private static string? Explain(Exception exception) => exception switch
    {
        BadOptionException => exception.Message,
        IOException { InnerException: AddressInUseException } =>
            $"{exception.Message.TrimEnd('.')}. Stop what holds the port, or choose another one.",
        SocketException { SocketErrorCode: SocketError.AccessDenied } =>
            "Listening on the port is not allowed; choose one above 1023.",
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable } =>
            "The host to listen on is not an address of this machine; choose another one, or * for all.",
        IOException { InnerException: SocketException inner } => Explain(inner),
        _ => null,
    };
}
