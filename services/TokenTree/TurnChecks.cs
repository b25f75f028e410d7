using Atropos.TokenTree.Segments;

namespace Atropos.TokenTree;

/// <summary>What must hold of a turn by itself.</summary>
internal static class TurnChecks
{
    public static void Check(TurnCommit turn)
    {
        Require(turn.Choices.Count > 0, turn, "has no choices");
        Require(turn.Prompt.Kind == SegmentKind.Prompt, turn, "has a prompt that is not a prompt segment");
        Require(turn.Parent is null || turn.Parent.CanBeExtended, turn, "extends a node whose completion has no token ids");
        Require(
            turn.Parent is null || turn.Parent.Tokenizer == turn.Tokenizer, turn, "extends a node whose ids are of another tokenizer");
        Require(
            turn.Choices.Select(choice => choice.NodeId).Distinct(StringComparer.Ordinal).Count() == turn.Choices.Count,
            turn,
            "uses a node id twice");
        foreach (var choice in turn.Choices)
        {
            Require(choice.Completion.Kind == SegmentKind.Completion, turn, "has a completion that is not a completion segment");
            Require(turn.Chain is null == choice.Answer is null, turn, "must have an answer for each choice exactly where it has a chain");
        }
    }

    private static void Require(bool condition, TurnCommit turn, string problem)
    {
        if (!condition)
        {
            throw new ArgumentException($"Turn {turn.TurnId} {problem}.", nameof(turn));
        }
    }
}
