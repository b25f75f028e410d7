namespace Atropos.TestSupport;

/// <summary>What the original made of one text; offsets are in code points.</summary>
internal sealed record OracleEncoding(
    int[] Ids, string[] Tokens, (int Start, int End)[] Offsets, int[] TypeIds, int[] AttentionMask, int[] SpecialTokensMask);
