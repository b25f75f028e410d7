namespace Atropos.ChatFormats;

/// <summary>One completion, whole.</summary>
/// <param name="Content">The answer's text; null where there are tool calls and no text beside them.</param>
/// <param name="Reasoning">The reasoning; null where there is none.</param>
/// <param name="ToolCalls">The calls in order of appearance.</param>
/// <param name="StopString">The stop string that ended the text; null where none did.</param>
public sealed record OutputSummary(
    string? Content, string? Reasoning, IReadOnlyList<ParsedToolCall> ToolCalls, string? StopString)
{
    /// <summary>The finish reason that a client is told.</summary>
    /// <param name="engineReason">The engine's own (<c>stop</c>, <c>length</c>, <c>abort</c>, …); null where it gave none.</param>
    /// <returns><c>stop</c> when a stop string ended the text and <c>tool_calls</c> when there are calls; any other reason of the
    /// engine than <c>stop</c>, <c>length</c> above all, is kept unless a stop string came first.</returns>
    public string FinishReason(string? engineReason)
    {
        var reason = StopString is not null ? "stop" : engineReason ?? "stop";
        return reason == "stop" && ToolCalls.Count > 0 ? "tool_calls" : reason;
    }
}
