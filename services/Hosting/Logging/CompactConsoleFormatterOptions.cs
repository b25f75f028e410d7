using Microsoft.Extensions.Logging.Console;

namespace Atropos.Hosting.Logging;

/// <summary>Options of <see cref="CompactConsoleFormatter"/>; it has none beyond the base's.</summary>
internal sealed class CompactConsoleFormatterOptions : ConsoleFormatterOptions;
