namespace Atropos.TokenTree.Matching;

/// <summary>The assistant message that a client was given, by which its echo is known.</summary>
public sealed record AssistantAnswer
{
    /// <summary>What was said; null and empty count as the same.</summary>
    public string? Content { get; init; }

    /// <summary>What was thought, apart from the content; null and empty count as the same.</summary>
    public string? Reasoning { get; init; }

    /// <summary>The calls that were made, with the ids that the client was given.</summary>
    public IReadOnlyList<CanonicalToolCall> ToolCalls { get; init; } = [];
}
