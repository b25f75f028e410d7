namespace Atropos.TokenTree.Matching;

/// <summary>A message of a conversation, reduced to what decides whether a conversation continues a node.</summary>
public sealed record CanonicalMessage
{
    /// <summary>The role whose messages can be answers that were sampled.</summary>
    public const string AssistantRole = "assistant";

    /// <summary>Who speaks.</summary>
    public required string Role { get; init; }

    /// <summary>What is said, where the client sent one string; null and empty count as the same.</summary>
    public string? Text { get; init; }

    /// <summary>
    /// What is said, where the client sent a list of parts; <see cref="Text"/> is then ignored. An empty list counts as null.
    /// </summary>
    public IReadOnlyList<CanonicalPart>? Parts { get; init; }

    /// <summary>The name of the speaker; ignored in an echo of an answer.</summary>
    public string? Name { get; init; }

    /// <summary>The calls that an assistant message makes.</summary>
    public IReadOnlyList<CanonicalToolCall> ToolCalls { get; init; } = [];

    /// <summary>The id of the call that a tool's message answers; it counts only where the template prints ids.</summary>
    public string? ToolCallId { get; init; }

    /// <summary>What the assistant thought, apart from its content; null and empty count as the same.</summary>
    public string? Reasoning { get; init; }

    /// <summary>Other members, which only the template knows, as a JSON object; null for none. Ignored in an echo of an answer.</summary>
    public string? Extra { get; init; }

    /// <summary>Whether this can be the echo of an answer.</summary>
    public bool IsAssistant => Role == AssistantRole;
}
