using System.Numerics;
using System.Runtime.CompilerServices;

namespace Atropos.Tokenizers.Models;

/// <summary>From a pair of ids to the merge's rank, and from that to the id that it makes: open addressing in flat arrays.</summary>
internal sealed class MergeTable
{
    /// <summary>What <see cref="Find"/> answers for a pair that does not merge; greater than any rank.</summary>
    public const uint None = uint.MaxValue;

    /// <summary>What stands among <see cref="Pairs"/> where there is none.</summary>
    public const ulong Empty = ulong.MaxValue;

    private readonly ulong[] _keys;
    private readonly uint[] _ranks;
    private readonly int[] _ids;
    private readonly int _shift;

    /// <param name="pairs">The pairs in the order of their ranks, as <see cref="Key"/> writes them; a later one of two equal pairs counts.</param>
    /// <param name="ids">The id that each pair makes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public MergeTable(ReadOnlySpan<ulong> pairs, int[] ids)
    {
        var size = BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, pairs.Length * 3L / 2));
        _keys = new ulong[size];
        _ranks = new uint[size];
        _ids = ids;
        Array.Fill(_keys, Empty);
        _shift = 64 - BitOperations.Log2(size);
        for (var rank = 0; rank < pairs.Length; rank++)
        {
            var key = pairs[rank];
            var slot = Slot(key);
            while (_keys[slot] != Empty && _keys[slot] != key)
            {
                slot = (slot + 1) & (_keys.Length - 1);
            }

            _keys[slot] = key;
            _ranks[slot] = (uint)rank;
        }
    }

    /// <summary>The pairs that merge, as <see cref="Key"/> writes them, in no order and with <see cref="Empty"/> between them.</summary>
    public ReadOnlySpan<ulong> Pairs => _keys;

    public static ulong Key(int left, int right) => ((ulong)(uint)left << 32) | (uint)right;

    /// <summary>The rank of the merge of two symbols, smaller for earlier; or <see cref="None"/>.</summary>
    public uint Find(int left, int right)
    {
        var key = Key(left, right);
        var keys = _keys;
        var slot = Slot(key);
        while (true)
        {
            var found = keys[slot];
            if (found == key)
            {
                return _ranks[slot];
            }

            if (found == Empty)
            {
                return None;
            }

            slot = (slot + 1) & (keys.Length - 1);
        }
    }

    /// <summary>The id that the merge of a rank makes.</summary>
    public int IdOf(uint rank) => _ids[rank];

    private int Slot(ulong key) => (int)((key * 0x9E3779B97F4A7C15UL) >> _shift);
}
