namespace Atropos.SessionTracker.Tokenization;

/// <summary>Splits the ids of a text into chunks that end with a separator, as happy_vllm does.</summary>
internal static class TextSplitter
{
    /// <summary>Finds the chunks.</summary>
    /// <param name="ids">The text's ids.</param>
    /// <param name="separators">The ids of each separator; one without ids is everywhere.</param>
    /// <param name="fewest">Fewest ids of a chunk, at least 1; only the last chunk may have fewer.</param>
    /// <returns>Where each chunk is, in order; together they cover all ids. The last one may be empty.</returns>
    public static IReadOnlyList<Range> Split(ReadOnlySpan<int> ids, IEnumerable<IReadOnlyList<int>> separators, int fewest)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fewest, 1);
        var ends = FindEnds(ids, separators);
        var chunks = new List<Range>();
        var begin = 0;
        for (var i = 0; i < ids.Length; i++)
        {
            if (ends[i] && i + 1 - begin >= fewest)
            {
                chunks.Add(begin..(i + 1));
                begin = i + 1;
            }
        }

        chunks.Add(begin..ids.Length);
        return chunks;
    }

    private static bool[] FindEnds(ReadOnlySpan<int> ids, IEnumerable<IReadOnlyList<int>> separators)
    {
        var ends = new bool[ids.Length];
        foreach (var separator in separators)
        {
            int[] wanted = [.. separator];
            for (var end = wanted.Length; end <= ids.Length; end++)
            {
                if (end > 0 && ids[(end - wanted.Length)..end].SequenceEqual(wanted))
                {
                    ends[end - 1] = true;
                }
            }
        }

        return ends;
    }
}
