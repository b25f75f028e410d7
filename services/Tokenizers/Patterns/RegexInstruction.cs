namespace Atropos.Tokenizers.Patterns;

/// <summary>One instruction of a compiled expression.</summary>
internal sealed class RegexInstruction(RegexOp op)
{
    public RegexOp Op => op;

    /// <summary>What is taken; for a fork what its first way can begin with, where that is known.</summary>
    public CodePointSet? Set { get; init; }

    public int First { get; set; }

    public int Second { get; set; }

    public RepeatMode Mode { get; init; }

    public AnchorKind Anchor { get; init; }

    public bool Negative { get; init; }

    public bool IgnoreCase { get; init; }

    /// <summary>The programs of a look-around or an atomic group.</summary>
    public RegexLook[] Programs { get; init; } = [];
}
