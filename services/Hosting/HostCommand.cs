using System.CommandLine;

namespace Atropos.Hosting;

/// <summary>Runs a host's command line: <c>--help</c> and <c>--version</c>, and one line and exit code 2 for what makes no sense.</summary>
public static class HostCommand
{
    /// <summary>Parses the arguments and runs the host with them.</summary>
    /// <param name="command">The options, with their descriptions.</param>
    /// <param name="arguments">The command line.</param>
    /// <param name="run">Runs the host; gives the exit code.</param>
    /// <param name="error">Where the line about a bad option goes; null for standard error.</param>
    /// <returns>The exit code; <see cref="HostRunner.BadStart"/> for an option that is unknown or has a bad value.</returns>
    public static async Task<int> RunAsync(
        RootCommand command, string[] arguments, Func<ParseResult, Task<int>> run, TextWriter? error = null)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(run);
        command.SetAction((result, _) => run(result));
        var parsed = command.Parse(arguments);
        if (parsed.Errors.Count == 0)
        {
            // Signals are the host's: it drains, which may take longer than the two seconds that the parser would grant.
            return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
        }

        var problems = string.Join(" ", parsed.Errors.Select(problem => problem.Message));
        await (error ?? Console.Error).WriteLineAsync($"{problems.ReplaceLineEndings(" ")} See --help.");
        return HostRunner.BadStart;
    }
}
