namespace Atropos.Tokenizers.Models;

/// <summary>Applies merges to a run of symbols, lowest rank first and leftmost among equals. One per thread: holds work space.</summary>
internal sealed class BpeMerger
{
    // Up to here looking at every pair again after each merge is cheaper than keeping a queue.
    private const int LongestScanned = 48;

    private readonly PriorityQueue<int, ulong> _queue = new();
    private ulong[] _pairs = new ulong[64];
    private int[] _next = [];
    private int[] _previous = [];

    /// <summary>Merges in place, and adds up the widths of what is merged.</summary>
    /// <inheritdoc cref="Merge(MergeTable, Span{int})"/>
    public int Merge(MergeTable merges, Span<int> symbols, Span<int> widths)
    {
        if (symbols.Length < 2)
        {
            return symbols.Length;
        }

        FindPairs(merges, symbols);
        var length = symbols.Length;
        var count = MergeLong(merges, symbols);
        var token = 0;
        for (var index = 0; index < length; token++)
        {
            var width = 0;
            for (var end = _next[index]; index < end; index++)
            {
                width += widths[index];
            }

            widths[token] = width;
        }

        return count;
    }

    /// <summary>Merges in place; the result is the first so many symbols of <paramref name="symbols"/>, as returned.</summary>
    public int Merge(MergeTable merges, Span<int> symbols)
    {
        if (symbols.Length < 2)
        {
            return symbols.Length;
        }

        FindPairs(merges, symbols);
        return symbols.Length <= LongestScanned ? MergeShort(merges, symbols) : MergeLong(merges, symbols);
    }

    private void FindPairs(MergeTable merges, ReadOnlySpan<int> symbols)
    {
        if (_pairs.Length < symbols.Length)
        {
            _pairs = new ulong[Math.Max(symbols.Length, _pairs.Length * 2)];
        }

        for (var index = 0; index + 1 < symbols.Length; index++)
        {
            _pairs[index] = merges.Find(symbols[index], symbols[index + 1]);
        }
    }

    private int MergeShort(MergeTable merges, Span<int> symbols)
    {
        var count = symbols.Length;
        while (count > 1)
        {
            var pairs = _pairs.AsSpan(0, count - 1);
            var best = 0;
            for (var index = 1; index < pairs.Length; index++)
            {
                if (pairs[index] < pairs[best])
                {
                    best = index;
                }
            }

            if (pairs[best] == MergeTable.None)
            {
                break;
            }

            symbols[best] = (int)(uint)pairs[best];
            symbols[(best + 2)..count].CopyTo(symbols[(best + 1)..]);
            if (best + 1 < pairs.Length)
            {
                pairs[(best + 2)..].CopyTo(pairs[(best + 1)..]);
            }

            count--;
            if (best > 0)
            {
                _pairs[best - 1] = merges.Find(symbols[best - 1], symbols[best]);
            }

            if (best + 1 < count)
            {
                _pairs[best] = merges.Find(symbols[best], symbols[best + 1]);
            }
        }

        return count;
    }

    private int MergeLong(MergeTable merges, Span<int> symbols)
    {
        var length = symbols.Length;
        if (_next.Length < length)
        {
            _next = new int[_pairs.Length];
            _previous = new int[_pairs.Length];
        }

        _queue.Clear();
        _pairs[length - 1] = MergeTable.None;
        for (var index = 0; index < length; index++)
        {
            _next[index] = index + 1;
            _previous[index] = index - 1;
            Enqueue(index);
        }

        while (_queue.TryDequeue(out var at, out var priority))
        {
            // An entry is stale when its pair has changed since, which its rank shows.
            if (_pairs[at] == MergeTable.None || (uint)(_pairs[at] >> 32) != (uint)(priority >> 32))
            {
                continue;
            }

            var right = _next[at];
            symbols[at] = (int)(uint)_pairs[at];
            _pairs[right] = MergeTable.None;
            var following = _next[right];
            _next[at] = following;
            _pairs[at] = MergeTable.None;
            if (following < length)
            {
                _previous[following] = at;
                _pairs[at] = merges.Find(symbols[at], symbols[following]);
                Enqueue(at);
            }

            var before = _previous[at];
            if (before >= 0)
            {
                _pairs[before] = merges.Find(symbols[before], symbols[at]);
                Enqueue(before);
            }
        }

        var count = 0;
        for (var index = 0; index < length; index = _next[index])
        {
            symbols[count++] = symbols[index];
        }

        return count;
    }

    private void Enqueue(int at)
    {
        if (_pairs[at] != MergeTable.None)
        {
            _queue.Enqueue(at, (_pairs[at] & 0xFFFFFFFF00000000UL) | (uint)at);
        }
    }
}
