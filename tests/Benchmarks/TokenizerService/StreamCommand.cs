using System.Diagnostics;
using System.Globalization;

namespace Atropos.Benchmarks.TokenizerService;

/// <summary>
/// <c>tokenizer-stream [NAME=FOLDER] [seconds]</c>: how many short texts one client can have encoded over one stream, the
/// tokenizer's host being a process beside it. Prints a Markdown table.
/// </summary>
internal static class StreamCommand
{
    public const string Verb = "tokenizer-stream";

    private const int TextBytes = 200;

    public static async Task RunAsync(string[] arguments)
    {
        var tokenizer = arguments.FirstOrDefault(argument => argument.Contains('=', StringComparison.Ordinal));
        var seconds = arguments.Where(argument => argument.All(char.IsAsciiDigit)).Select(text => int.Parse(text, CultureInfo.InvariantCulture)).FirstOrDefault(3);
        await using var host = await TokenizerProcess.StartAsync(tokenizer);
        Console.WriteLine($"\n{TextBytes} B a text, tokenizer {tokenizer ?? "reference"}, {Environment.ProcessorCount} cores for both\n");
        Console.WriteLine("| under way | encodes/s | CPU of the service, µs an encode | CPU of the client, µs an encode | peak memory of the service, MB |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var window in (int[])[1, 32, 1024])
        {
            await new StreamLoad(host.Url, TextBytes, window).RunAsync(TimeSpan.FromSeconds(1));
            Console.WriteLine(await RowAsync(host, window, TimeSpan.FromSeconds(seconds)));
        }
    }

    private static async Task<string> RowAsync(TokenizerProcess host, int window, TimeSpan duration)
    {
        using var client = Process.GetCurrentProcess();
        var (serviceBefore, clientBefore) = (host.CpuTime, client.TotalProcessorTime);
        var (encodes, elapsed) = await new StreamLoad(host.Url, TextBytes, window).RunAsync(duration);
        client.Refresh();
        var service = (host.CpuTime - serviceBefore).TotalMicroseconds / encodes;
        var own = (client.TotalProcessorTime - clientBefore).TotalMicroseconds / encodes;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {window} | {encodes / elapsed.TotalSeconds:F0} | {service:F1} | {own:F1} | {host.PeakMegabytes:F0} |");
    }
}
