namespace Atropos.TokenTree.Matching;

/// <summary>What a rendering depends on beside the messages. Where any of it differs, nothing of another context is extended.</summary>
public sealed record ConversationContext
{
    /// <summary>The tools as the text that is rendered: order of members counts. Null for none.</summary>
    public string? Tools { get; init; }

    /// <summary>The template arguments as a JSON object; compared by value. Null for none.</summary>
    public string? TemplateArguments { get; init; }

    /// <summary>The chat template where the request brings its own; null for the tokenizer's.</summary>
    public string? ChatTemplate { get; init; }

    /// <summary>The tokenizer.</summary>
    public required string Tokenizer { get; init; }

    /// <summary>Whether the template prints the ids of calls, so that a changed id is an edit. Default: false.</summary>
    public bool CallIdsCount { get; init; }
}
