using System.Numerics;

namespace Atropos.Tokenizers.Models;

/// <summary>From a pair of ids to the merge's rank and the id that it makes: open addressing in two flat arrays.</summary>
internal sealed class MergeTable
{
    /// <summary>What <see cref="Find"/> answers for a pair that does not merge; greater than any real answer.</summary>
    public const ulong None = ulong.MaxValue;

    private readonly ulong[] _keys;
    private readonly ulong[] _values;
    private readonly int _shift;

    public MergeTable(int count)
    {
        var size = BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, count * 3L / 2));
        _keys = new ulong[size];
        _values = new ulong[size];
        Array.Fill(_keys, None);
        _shift = 64 - BitOperations.Log2(size);
    }

    /// <summary>Adds a merge; one added later replaces an earlier one of the same pair.</summary>
    public void Add(int left, int right, int rank, int id)
    {
        var key = Key(left, right);
        var slot = Slot(key);
        while (_keys[slot] != None && _keys[slot] != key)
        {
            slot = (slot + 1) & (_keys.Length - 1);
        }

        _keys[slot] = key;
        _values[slot] = ((ulong)(uint)rank << 32) | (uint)id;
    }

    /// <summary>The rank in the upper and the resulting id in the lower 32 bits, so that smaller is earlier; or <see cref="None"/>.</summary>
    public ulong Find(int left, int right)
    {
        var key = Key(left, right);
        var keys = _keys;
        var slot = Slot(key);
        while (true)
        {
            var found = keys[slot];
            if (found == key)
            {
                return _values[slot];
            }

            if (found == None)
            {
                return None;
            }

            slot = (slot + 1) & (keys.Length - 1);
        }
    }

    private static ulong Key(int left, int right) => ((ulong)(uint)left << 32) | (uint)right;

    private int Slot(ulong key) => (int)((key * 0x9E3779B97F4A7C15UL) >> _shift);
}
