namespace Atropos.TestSupport;

/// <summary>What the original made of one text; offsets are in code points, -1 stands for no word. Sequence ids are left out: there
/// the original takes padding for text where the file has no post-processor.</summary>
internal sealed record OracleEncoding
{
    public required int[] Ids { get; init; }

    public required string[] Tokens { get; init; }

    public required (int Start, int End)[] Offsets { get; init; }

    public required int[] TypeIds { get; init; }

    public required int[] AttentionMask { get; init; }

    public required int[] SpecialTokensMask { get; init; }

    public required int[] WordIds { get; init; }
}
