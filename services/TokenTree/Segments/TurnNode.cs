using Atropos.TokenTree.Matching;

namespace Atropos.TokenTree.Segments;

/// <summary>
/// The end of a turn: the path from the root to here is one training sequence. What is public is immutable and safe to use from any
/// thread, except <see cref="IsLeaf"/>, which turns false when the node is first extended, and the text, which is filled in once.
/// </summary>
public sealed partial class TurnNode
{
    private int _children;

    internal TurnNode(TurnCommit turn, TurnChoice choice, Segment prompt, MessageHash? endHash, int index, int slot)
    {
        Id = choice.NodeId;
        Parent = turn.Parent;
        Prompt = prompt;
        Completion = choice.Completion;
        TurnId = turn.TurnId;
        ChoiceIndex = choice.ChoiceIndex;
        EngineFinishReason = choice.EngineFinishReason;
        ClientFinishReason = choice.ClientFinishReason;
        Answer = choice.Answer;
        EndHash = endHash;
        MessageCount = turn.Chain is null ? 0 : turn.Chain.MessageCount + 1;
        Model = turn.Model;
        Tokenizer = turn.Tokenizer;
        BranchReason = turn.BranchReason;
        ContinuityFallback = turn.ContinuityFallback;
        CreatedAt = turn.CreatedAt;
        Index = index;
        Slot = slot;
        TurnCount = (Parent?.TurnCount ?? 0) + 1;
        TokenCount = (Parent?.TokenCount ?? 0) + prompt.Length + Completion.Length;
        Tracked = (Parent?.Tracked ?? true) && Completion.Tracked;
    }

    /// <summary>The node's id, unique in the session.</summary>
    public string Id { get; }

    /// <summary>The node that this one extends; null for a root.</summary>
    public TurnNode? Parent { get; }

    /// <summary>
    /// The turn's own prompt: what follows the parent's tokens, or the whole prompt of a root. Siblings of a turn share it.
    /// </summary>
    public Segment Prompt { get; }

    /// <summary>What was sampled.</summary>
    public Segment Completion { get; }

    /// <summary>Number of tokens on the path.</summary>
    public int TokenCount { get; }

    /// <summary>Number of turns on the path, this one included.</summary>
    public int TurnCount { get; }

    /// <summary>Id of the turn that made the node.</summary>
    public string TurnId { get; }

    /// <summary>Position among the completions of the turn.</summary>
    public int ChoiceIndex { get; }

    /// <summary>Why the completion ended, as the engine said.</summary>
    public TurnFinishReason EngineFinishReason { get; }

    /// <summary>Why the completion ended, as the client was told.</summary>
    public TurnFinishReason ClientFinishReason { get; }

    /// <summary>The assistant message that the client was given; null for a plain completion.</summary>
    public AssistantAnswer? Answer { get; }

    /// <summary>The hash of the conversation up to and including <see cref="Answer"/>; null for a plain completion.</summary>
    public MessageHash? EndHash { get; }

    /// <summary>Number of messages up to and including <see cref="Answer"/>; 0 for a plain completion.</summary>
    public int MessageCount { get; }

    /// <summary>The model that answered.</summary>
    public string Model { get; }

    /// <summary>The tokenizer that the ids are of.</summary>
    public string Tokenizer { get; }

    /// <summary>Why the node does not extend the one that its messages would suggest; empty where it does.</summary>
    public string BranchReason { get; }

    /// <summary>Whether the prompt was rendered anew, because it could not be proven to continue the matched node.</summary>
    public bool ContinuityFallback { get; }

    /// <summary>When the turn was made.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>Whether every sampled token on the path has the engine's own id and log-probability.</summary>
    public bool Tracked { get; }

    /// <summary>Position among the nodes of the session in the order in which they were made.</summary>
    public int Index { get; }

    /// <summary>Whether no other node extends this one.</summary>
    public bool IsLeaf => Volatile.Read(ref _children) == 0;

    /// <summary>Position among the leaves in linear order; meaningful while the node is a leaf.</summary>
    internal int Slot { get; }

    /// <summary>
    /// Whether the path has the ids of everything that was said. An engine that reports no ids leaves a hole that nothing can follow.
    /// </summary>
    internal bool CanBeExtended => Completion.Tracked || Completion.Length > 0;

    internal void CountChild() => Volatile.Write(ref _children, _children + 1);
}
