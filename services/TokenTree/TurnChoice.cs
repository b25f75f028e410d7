using Atropos.TokenTree.Matching;
using Atropos.TokenTree.Segments;

namespace Atropos.TokenTree;

/// <summary>One completion of a turn.</summary>
public sealed record TurnChoice
{
    /// <summary>Id of the node that it becomes, unique in the session.</summary>
    public required string NodeId { get; init; }

    /// <summary>Position among the completions of the turn.</summary>
    public int ChoiceIndex { get; init; }

    /// <summary>What was sampled.</summary>
    public required Segment Completion { get; init; }

    /// <summary>The assistant message that the client was given; required where the turn has a <see cref="TurnCommit.Chain"/>.</summary>
    public AssistantAnswer? Answer { get; init; }

    /// <summary>Why it ended, as the engine said.</summary>
    public TurnFinishReason EngineFinishReason { get; init; }

    /// <summary>Why it ended, as the client was told.</summary>
    public TurnFinishReason ClientFinishReason { get; init; }
}
