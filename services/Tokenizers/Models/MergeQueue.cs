using System.Buffers;

namespace Atropos.Tokenizers.Models;

/// <summary>
/// A heap of merges that could be applied, lowest rank first and leftmost among equals. Four children a node, and an entry is one
/// number, so that a node's children lie in half a cache line.
/// </summary>
internal ref struct MergeQueue
{
    private const int LargestPooled = 1 << 21;

    private ulong[] _entries;
    private int _count;

    // The entry at the root is taken already: what is added next takes its place in one walk instead of two.
    private bool _rootTaken;

    public MergeQueue(int capacity) => _entries = Rent(capacity + 1);

    /// <summary>Adds a merge without keeping order; none for <see cref="MergeTable.None"/>.</summary>
    public void Append(uint rank, int at)
    {
        if (rank != MergeTable.None)
        {
            _entries[_count++] = Entry(rank, at);
        }
    }

    /// <summary>Puts what was appended into order.</summary>
    public readonly void Order()
    {
        for (var index = (_count - 2) >> 2; index >= 0; index--)
        {
            SiftDown(index, _entries[index]);
        }
    }

    /// <summary>Adds a merge; none for <see cref="MergeTable.None"/>.</summary>
    public void Add(uint rank, int at)
    {
        if (rank == MergeTable.None)
        {
            return;
        }

        var entry = Entry(rank, at);
        if (_rootTaken)
        {
            _rootTaken = false;
            SiftDown(0, entry);
            return;
        }

        if (_count == _entries.Length)
        {
            Grow();
        }

        var index = _count++;
        while (index > 0)
        {
            var parent = (index - 1) >> 2;
            if (_entries[parent] <= entry)
            {
                break;
            }

            _entries[index] = _entries[parent];
            index = parent;
        }

        _entries[index] = entry;
    }

    public bool TryTake(out uint rank, out int at)
    {
        if (_rootTaken)
        {
            _rootTaken = false;
            var last = _entries[--_count];
            if (_count > 0)
            {
                SiftDown(0, last);
            }
        }

        if (_count == 0)
        {
            (rank, at) = (0, 0);
            return false;
        }

        rank = (uint)(_entries[0] >> 32);
        at = (int)(uint)_entries[0];
        _rootTaken = true;
        return true;
    }

    public readonly void Dispose() => Return(_entries);

    // The shared pool would keep the arrays of a huge text for minutes.
    private static ulong[] Rent(int capacity) => capacity > LargestPooled ? new ulong[capacity] : ArrayPool<ulong>.Shared.Rent(capacity);

    private static void Return(ulong[] entries)
    {
        if (entries.Length <= LargestPooled)
        {
            ArrayPool<ulong>.Shared.Return(entries);
        }
    }

    private static ulong Entry(uint rank, int at) => ((ulong)rank << 32) | (uint)at;

    private readonly void SiftDown(int index, ulong entry)
    {
        var entries = _entries.AsSpan(0, _count);
        while (true)
        {
            var child = (index << 2) + 1;
            if (child >= entries.Length)
            {
                break;
            }

            var best = child;
            var smallest = entries[child];
            var end = Math.Min(child + 4, entries.Length);
            while (++child < end)
            {
                if (entries[child] < smallest)
                {
                    smallest = entries[child];
                    best = child;
                }
            }

            if (entry <= smallest)
            {
                break;
            }

            entries[index] = smallest;
            index = best;
        }

        entries[index] = entry;
    }

    private void Grow()
    {
        var larger = Rent(checked(_count * 2));
        _entries.AsSpan(0, _count).CopyTo(larger);
        Return(_entries);
        _entries = larger;
    }
}
