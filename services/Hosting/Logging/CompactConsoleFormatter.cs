using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Atropos.Hosting.Logging;

/// <summary>One line an event: <c>14:03:22 warn Router: text</c>; an exception follows in full on the lines after it.</summary>
internal sealed class CompactConsoleFormatter(TimeProvider timeProvider) : ConsoleFormatter(FormatterName)
{
    internal const string FormatterName = "atropos";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        // A host that cannot start says why in one line of its own: see HostRunner.
        if (logEntry.EventId.Name == "HostedServiceStartupFaulted")
        {
            return;
        }

        var text = logEntry.Formatter?.Invoke(logEntry.State, logEntry.Exception);
        if (string.IsNullOrEmpty(text) && logEntry.Exception is null)
        {
            return;
        }

        textWriter.Write(timeProvider.GetUtcNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture));
        textWriter.Write(Level(logEntry.LogLevel));
        textWriter.Write(logEntry.Category[(logEntry.Category.LastIndexOf('.') + 1)..]);
        textWriter.Write(": ");
        textWriter.WriteLine(text?.ReplaceLineEndings(" "));
        if (logEntry.Exception is not null)
        {
            textWriter.WriteLine(logEntry.Exception);
        }
    }

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Trace => " trce ",
        LogLevel.Debug => " dbug ",
        LogLevel.Information => " info ",
        LogLevel.Warning => " warn ",
        LogLevel.Error => " fail ",
        _ => " crit ",
    };
}
