namespace Atropos.Tokenizers.Patterns;

/// <summary>A part of a parsed expression.</summary>
internal abstract record RegexNode
{
    /// <summary>One code point of a set; <paramref name="Letter"/> is the one that the expression spells without regard to case, else -1.</summary>
    public sealed record One(CodePointSet Set, int Letter = -1) : RegexNode;

    /// <summary>Parts one after another.</summary>
    public sealed record Concat(IReadOnlyList<RegexNode> Parts) : RegexNode;

    /// <summary>The first branch that leads to a match.</summary>
    public sealed record Choice(IReadOnlyList<RegexNode> Branches) : RegexNode;

    /// <summary>A repetition; <paramref name="Max"/> is -1 without a bound.</summary>
    public sealed record Repeat(RegexNode Inner, int Min, int Max, RepeatMode Mode) : RegexNode;

    /// <summary>A numbered group.</summary>
    public sealed record Capture(RegexNode Inner, int Number) : RegexNode;

    /// <summary>The text of a numbered group again.</summary>
    public sealed record BackReference(int Number, bool IgnoreCase) : RegexNode;

    /// <summary>An extended grapheme cluster.</summary>
    public sealed record Cluster : RegexNode;

    /// <summary>A group whose first way to match is the only one.</summary>
    public sealed record Atomic(RegexNode Inner) : RegexNode;

    /// <summary>A condition on what follows or precedes.</summary>
    public sealed record Look(RegexNode Inner, bool Behind, bool Negative) : RegexNode;

    /// <summary>A condition on the position itself.</summary>
    public sealed record Anchor(AnchorKind Kind) : RegexNode;
}
