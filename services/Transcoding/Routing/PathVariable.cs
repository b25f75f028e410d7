namespace Atropos.Transcoding.Routing;

/// <summary>A variable of a path template.</summary>
/// <param name="Field">The dotted path of the field that it fills.</param>
/// <param name="Start">The first segment that it covers.</param>
/// <param name="End">The segment after the last that it covers, or -1 for the end of the path.</param>
/// <param name="Multiple">Whether it can cover several segments; then an encoded slash stays encoded, as the rule demands.</param>
internal readonly record struct PathVariable(string Field, int Start, int End, bool Multiple)
{
    /// <summary>The variable's value in a path that matched.</summary>
    public string Capture(string[] segments)
    {
        var end = End < 0 ? segments.Length : End;
        if (Multiple)
        {
            return string.Join('/', segments, Start, end - Start);
        }

        // The server has decoded everything else.
        return segments[Start].Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
    }
}
