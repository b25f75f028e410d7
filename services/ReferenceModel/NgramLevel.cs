namespace Atropos.ReferenceModel;

/// <summary>
/// The n-grams of one length, as one level of a trie in compressed rows: the children of parent <c>p</c> (an entry of the level above)
/// are the entries from <c>Starts[p]</c> to <c>Starts[p + 1]</c>, in order of token.
/// </summary>
internal sealed class NgramLevel
{
    /// <summary>One more than there are parents.</summary>
    public required int[] Starts { get; init; }

    /// <summary>The last token of each n-gram.</summary>
    public required ushort[] Tokens { get; init; }

    /// <summary>One more than there are entries: the counts of all entries before this one.</summary>
    public required int[] CountsBefore { get; init; }

    public int Count(int entry) => CountsBefore[entry + 1] - CountsBefore[entry];

    /// <summary>The child of <paramref name="parent"/> for <paramref name="token"/>; -1 where there is none.</summary>
    public int Find(int parent, int token)
    {
        var start = Starts[parent];
        var index = Tokens.AsSpan(start, Starts[parent + 1] - start).BinarySearch((ushort)token);
        return index < 0 ? -1 : start + index;
    }
}
