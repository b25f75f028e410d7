using Atropos.SessionTracker.Clients;
using Atropos.TokenTree.Matching;
using Atropos.TokenTree.Segments;

namespace Atropos.SessionTracker.Turns;

/// <summary>What is sent to the engine, and where in the session's tree the answer will hang.</summary>
internal sealed record TurnPlan
{
    /// <summary>The id under which the turn is recorded, unique in the session.</summary>
    public required string RecordId { get; init; }

    /// <summary>The tokenizer that made the prompt's ids; without a session its fingerprint need not be known.</summary>
    public required TokenizerIdentity Tokenizer { get; init; }

    /// <summary>The node that is extended; null for a root.</summary>
    public TurnNode? Parent { get; init; }

    /// <summary>The whole prompt; it begins with the parent's ids, exactly.</summary>
    public required int[] PromptIds { get; init; }

    /// <summary>Its text, where it is known already: the whole prompt's of a root.</summary>
    public string? PromptText { get; init; }

    /// <summary>Where the turn stands in its conversation; null for a plain completion and without a session.</summary>
    public TurnChain? Chain { get; init; }

    /// <summary>Text of the answer that the prompt ends with already, where a message is continued.</summary>
    public string AnswerPrefix { get; init; } = "";

    /// <summary>Thinking of the answer that the prompt has already, where a message is continued.</summary>
    public string ReasoningPrefix { get; init; } = "";

    /// <summary>Why the turn does not extend the node that its messages would suggest; empty where it does.</summary>
    public string BranchReason { get; init; } = "";

    /// <summary>Whether the prompt was rendered anew, because it could not be proven to continue the matched node.</summary>
    public bool ContinuityFallback { get; init; }

    /// <summary>Whether generation starts inside a thinking block.</summary>
    public bool StartsInReasoning { get; init; }

    /// <summary>Number of the prompt's ids that are the parent's.</summary>
    public int ReusedTokens => Parent?.TokenCount ?? 0;

    /// <summary>The ids that follow the parent's.</summary>
    public ReadOnlySpan<int> NewIds => PromptIds.AsSpan(ReusedTokens);

    /// <summary>Puts new ids after a node's.</summary>
    public static int[] Extend(TurnNode? parent, IReadOnlyList<int> newIds)
    {
        var reused = parent?.TokenCount ?? 0;
        var ids = new int[reused + newIds.Count];
        parent?.CopyTokens(ids);
        for (var i = 0; i < newIds.Count; i++)
        {
            ids[reused + i] = newIds[i];
        }

        return ids;
    }
}
