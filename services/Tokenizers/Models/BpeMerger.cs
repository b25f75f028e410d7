using System.Buffers;
using System.Numerics;

namespace Atropos.Tokenizers.Models;

/// <summary>Applies merges to a run of symbols, lowest rank first and leftmost among equals. One per thread: holds work space.</summary>
internal sealed class BpeMerger
{
    /// <summary>Up to here looking at every pair again after each merge is cheaper than keeping a queue.</summary>
    public const int LongestScanned = 160;

    private const int LongestPooled = 1 << 20;

    private readonly uint[] _ranks = new uint[LongestScanned];

    /// <summary>Merges in place; the result is the first so many symbols of <paramref name="symbols"/>, as returned.</summary>
    public int Merge(MergeTable merges, Span<int> symbols) =>
        symbols.Length < 2 ? symbols.Length
        : symbols.Length <= LongestScanned ? MergeShort(merges, symbols)
        : MergeLong(merges, symbols, default);

    /// <summary>Merges in place, and adds up the widths of what is merged.</summary>
    /// <inheritdoc cref="Merge(MergeTable, Span{int})"/>
    public static int Merge(MergeTable merges, Span<int> symbols, Span<int> widths) =>
        symbols.Length < 2 ? symbols.Length : MergeLong(merges, symbols, widths);

    private int MergeShort(MergeTable merges, Span<int> symbols)
    {
        var ranks = _ranks.AsSpan(0, symbols.Length - 1);
        for (var index = 0; index < ranks.Length; index++)
        {
            ranks[index] = merges.Find(symbols[index], symbols[index + 1]);
        }

        while (ranks.Length > 0)
        {
            var best = IndexOfSmallest(ranks);
            if (ranks[best] == MergeTable.None)
            {
                break;
            }

            symbols[best] = merges.IdOf(ranks[best]);
            symbols[(best + 2)..].CopyTo(symbols[(best + 1)..]);
            symbols = symbols[..^1];
            if (best + 1 < ranks.Length)
            {
                ranks[(best + 1)..].CopyTo(ranks[best..]);
            }

            ranks = ranks[..^1];
            if (best > 0)
            {
                ranks[best - 1] = merges.Find(symbols[best - 1], symbols[best]);
            }

            if (best < ranks.Length)
            {
                ranks[best] = merges.Find(symbols[best], symbols[best + 1]);
            }
        }

        return symbols.Length;
    }

    private static int IndexOfSmallest(ReadOnlySpan<uint> ranks)
    {
        var width = Vector<uint>.Count;
        if (ranks.Length < 2 * width)
        {
            var best = 0;
            for (var index = 1; index < ranks.Length; index++)
            {
                if (ranks[index] < ranks[best])
                {
                    best = index;
                }
            }

            return best;
        }

        // The last vector may overlap the one before it, which does not change the smallest.
        var smallest = new Vector<uint>(ranks[^width..]);
        for (var index = 0; index + width <= ranks.Length; index += width)
        {
            smallest = Vector.Min(smallest, new Vector<uint>(ranks[index..]));
        }

        var rank = smallest[0];
        for (var lane = 1; lane < width; lane++)
        {
            rank = Math.Min(rank, smallest[lane]);
        }

        return ranks.IndexOf(rank);
    }

    private static int MergeLong(MergeTable merges, Span<int> symbols, Span<int> widths)
    {
        var length = symbols.Length;
        // The shared pool would keep the arrays of a huge text for minutes.
        var isHuge = length > LongestPooled;
        var links = isHuge ? new int[length * 2L] : ArrayPool<int>.Shared.Rent(length * 2);
        var ranks = isHuge ? new uint[length] : ArrayPool<uint>.Shared.Rent(length);
        var next = links.AsSpan(0, length);
        var previous = links.AsSpan(length, length);
        var queue = new MergeQueue(length);
        for (var index = 0; index < length; index++)
        {
            next[index] = index + 1;
            previous[index] = index - 1;
            ranks[index] = index + 1 < length ? merges.Find(symbols[index], symbols[index + 1]) : MergeTable.None;
            queue.Append(ranks[index], index);
        }

        queue.Order();
        while (queue.TryTake(out var rank, out var at))
        {
            // An entry is stale when its pair has changed since, which its rank shows.
            if (ranks[at] != rank)
            {
                continue;
            }

            var right = next[at];
            symbols[at] = merges.IdOf(rank);
            ranks[right] = MergeTable.None;
            var following = next[right];
            next[at] = following;
            ranks[at] = MergeTable.None;
            if (following < length)
            {
                previous[following] = at;
                ranks[at] = merges.Find(symbols[at], symbols[following]);
                queue.Add(ranks[at], at);
            }

            var before = previous[at];
            if (before >= 0)
            {
                ranks[before] = merges.Find(symbols[before], symbols[at]);
                queue.Add(ranks[before], before);
            }
        }

        var count = 0;
        for (var index = 0; index < length; count++)
        {
            symbols[count] = symbols[index];
            var end = next[index];
            if (!widths.IsEmpty)
            {
                var width = 0;
                for (; index < end; index++)
                {
                    width += widths[index];
                }

                widths[count] = width;
            }

            index = end;
        }

        queue.Dispose();
        if (!isHuge)
        {
            ArrayPool<int>.Shared.Return(links);
            ArrayPool<uint>.Shared.Return(ranks);
        }

        return count;
    }
}
