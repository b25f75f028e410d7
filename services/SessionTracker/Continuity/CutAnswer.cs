using Atropos.TokenTree.Matching;
using Atropos.TokenTree.Segments;

namespace Atropos.SessionTracker.Continuity;

/// <summary>An answer that was cut off, and so can be gone on with right behind its last token.</summary>
internal static class CutAnswer
{
    /// <summary>Whether more can be sampled behind a node: it did not end of itself, and what follows is more of its text.</summary>
    public static bool CanGoOn(TurnNode node) =>
        node is { EngineFinishReason: TurnFinishReason.Length or TurnFinishReason.Abort, Answer.ToolCalls.Count: 0 };

    /// <summary>Gives the place of the cut answer itself in the hash chain: the whole answer will take it.</summary>
    /// <param name="node">The node that the answer was cut in.</param>
    /// <param name="conversation">The messages before the answer.</param>
    public static TurnChain ChainOf(TurnNode node, Conversation conversation)
    {
        // Which messages counted as given when the node was made, its hash tells. A node that was itself a continuation has the one
        // that it continues as its parent, which covers a message too many.
        for (var before = node.Parent; before is not null; before = before.Parent)
        {
            if (before.EndHash is not null
                && before.MessageCount <= conversation.Messages.Count
                && conversation.ChainAfter(before) is var chain
                && chain.Append(node.Answer!) == node.EndHash)
            {
                return chain;
            }
        }

        return conversation.ChainAfter(null);
    }

    /// <summary>Whether a node ends inside a thinking block.</summary>
    /// <param name="node">The node.</param>
    /// <param name="sampledText">The text of its own sampled tokens.</param>
    public static bool EndsInThought(TurnNode node, string sampledText)
    {
        // Behind the mark that closes a block the text does not end as the thought does. A continuation sampled only the thought's end.
        var sampled = sampledText.AsSpan().TrimEnd();
        var thought = node.Answer!.Reasoning.AsSpan().TrimEnd();
        return string.IsNullOrEmpty(node.Answer.Content)
            && !thought.IsEmpty
            && (sampled.EndsWith(thought, StringComparison.Ordinal) || thought.EndsWith(sampled, StringComparison.Ordinal));
    }
}
