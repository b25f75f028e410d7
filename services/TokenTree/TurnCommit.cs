using Atropos.TokenTree.Matching;
using Atropos.TokenTree.Segments;

namespace Atropos.TokenTree;

/// <summary>A turn that is to become nodes: one for each choice, all or none.</summary>
public sealed record TurnCommit
{
    /// <summary>The turn's id.</summary>
    public required string TurnId { get; init; }

    /// <summary>The node that the turn extends, of the same tree; null for a root.</summary>
    public TurnNode? Parent { get; init; }

    /// <summary>What follows the parent's tokens in the engine's prompt, or the whole prompt of a root; it may be empty.</summary>
    public required Segment Prompt { get; init; }

    /// <summary>Where the turn stands in its conversation (<see cref="Conversation.ChainAfter"/>); null for a plain completion.</summary>
    public TurnChain? Chain { get; init; }

    /// <summary>The model that answered.</summary>
    public required string Model { get; init; }

    /// <summary>The tokenizer that the ids are of.</summary>
    public required string Tokenizer { get; init; }

    /// <summary>Why the turn does not extend the node that its messages would suggest; empty where it does.</summary>
    public string BranchReason { get; init; } = "";

    /// <summary>Whether the prompt was rendered anew, because it could not be proven to continue the matched node.</summary>
    public bool ContinuityFallback { get; init; }

    /// <summary>When the turn was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The completions, at least one.</summary>
    public required IReadOnlyList<TurnChoice> Choices { get; init; }
}
