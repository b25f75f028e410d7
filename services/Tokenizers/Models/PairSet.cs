using System.Runtime.CompilerServices;

namespace Atropos.Tokenizers.Models;

/// <summary>A set of numbers other than <see cref="ulong.MaxValue"/>: open addressing in one array.</summary>
internal sealed class PairSet
{
    private const ulong Empty = ulong.MaxValue;

    private ulong[] _slots = new ulong[1 << 8];
    private int _shift = 64 - 8;
    private int _count;

    public PairSet() => Array.Fill(_slots, Empty);

    public bool Contains(ulong pair) => _slots[Slot(pair)] == pair;

    // Loading is over before the runtime would have got round to optimizing it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ulong pair)
    {
        var slot = Slot(pair);
        if (_slots[slot] == pair)
        {
            return;
        }

        _slots[slot] = pair;
        if (++_count * 2 <= _slots.Length)
        {
            return;
        }

        var old = _slots;
        _slots = new ulong[old.Length * 2];
        _shift--;
        Array.Fill(_slots, Empty);
        foreach (var kept in old)
        {
            if (kept != Empty)
            {
                _slots[Slot(kept)] = kept;
            }
        }
    }

    /// <summary>Where a pair is, or would be.</summary>
    private int Slot(ulong pair)
    {
        var slot = (int)((pair * 0x9E3779B97F4A7C15UL) >> _shift);
        while (_slots[slot] != Empty && _slots[slot] != pair)
        {
            slot = (slot + 1) & (_slots.Length - 1);
        }

        return slot;
    }
}
