namespace Atropos.Tokenizers.Patterns;

/// <summary>One instruction of a compiled expression.</summary>
internal sealed class RegexInstruction(RegexOp op)
{
    public RegexOp Op => op;

    public CodePointSet? Set { get; init; }

    public int First { get; set; }

    public int Second { get; set; }

    public RepeatMode Mode { get; init; }

    public AnchorKind Anchor { get; init; }

    public bool Negative { get; init; }

    /// <summary>The programs of a look-around or an atomic group, each with how many code points before the position it starts.</summary>
    public (RegexInstruction[] Program, int Back)[] Programs { get; init; } = [];
}
