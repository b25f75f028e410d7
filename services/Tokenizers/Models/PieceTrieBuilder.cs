using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Atropos.Tokenizers.Models;

/// <summary>Lays the nodes of a <see cref="PieceTrie"/> out.</summary>
/// <remarks>This runs once a tokenizer, mostly at the start of a process: its loops do not wait for the second compilation.</remarks>
internal sealed class PieceTrieBuilder
{
    private const int BlockSize = 256;

    // Nodes with several children look for room in this many of the last places only; the holes that stay behind are filled by the
    // far more numerous nodes with one child.
    private const int WindowSize = 16 * BlockSize;
    private const int MostTries = 256;

    private readonly byte[] _bytes;
    private readonly int[] _starts;
    private readonly int[] _ids;
    private readonly int[] _order;
    private readonly byte[] _labels = new byte[BlockSize];
    private readonly int[] _bounds = new int[BlockSize + 1];
    private PieceTrie.Unit[] _units;
    private ulong[] _used;
    private int _size;
    private int _lowestFree;

    private PieceTrieBuilder(Vocabulary pieces)
    {
        var total = 0;
        var count = 0;
        for (var place = 0; place < pieces.Places; place++)
        {
            total += pieces.At(place, out var id).Length;
            count += id < 0 ? 0 : 1;
        }

        _starts = new int[count + 1];
        _ids = new int[count];
        _order = new int[count];
        _bytes = new byte[total + sizeof(ulong)];
        count = 0;
        for (var place = 0; place < pieces.Places; place++)
        {
            var piece = pieces.At(place, out var id);
            if (id < 0)
            {
                continue;
            }

            piece.CopyTo(_bytes.AsSpan(_starts[count]));
            _ids[count] = id;
            _order[count] = count;
            _starts[count + 1] = _starts[count] + piece.Length;
            count++;
        }

        _units = new PieceTrie.Unit[Math.Max(BlockSize, (int)BitOperations.RoundUpToPowerOf2((uint)(4 * count)))];
        _used = new ulong[_units.Length / 64];
    }

    /// <summary>Builds the trie of the pieces and their ids. The empty piece has no place in it.</summary>
    public static PieceTrie Build(Vocabulary pieces)
    {
        var builder = new PieceTrieBuilder(pieces);
        builder.Sort();
        builder.Place();
        return new PieceTrie(builder._units.AsSpan(0, builder._size).ToArray(), builder.LongestPiece());
    }

    private int LongestPiece()
    {
        var longest = 0;
        for (var piece = 0; piece < _ids.Length; piece++)
        {
            longest = Math.Max(longest, Length(piece));
        }

        return longest;
    }

    private int Length(int piece) => _starts[piece + 1] - _starts[piece];

    private ReadOnlySpan<byte> Bytes(int piece) => _bytes.AsSpan(_starts[piece].._starts[piece + 1]);

    /// <summary>By the first eight bytes as one number, which is quick, and by all where those are equal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sort()
    {
        var heads = new ulong[_ids.Length];
        for (var piece = 0; piece < heads.Length; piece++)
        {
            var head = BinaryPrimitives.ReadUInt64BigEndian(_bytes.AsSpan(_starts[piece]));
            var length = Length(piece);
            heads[piece] = length >= 8 ? head : length == 0 ? 0 : head & (ulong.MaxValue << (64 - (8 * length)));
        }

        Array.Sort(heads, _order);
        var compare = Comparer<int>.Create((left, right) => Bytes(left).SequenceCompareTo(Bytes(right)));
        for (var from = 0; from < heads.Length;)
        {
            var to = from + 1;
            while (to < heads.Length && heads[to] == heads[from])
            {
                to++;
            }

            if (to - from > 1)
            {
                Array.Sort(_order, from, to - from, compare);
            }

            from = to;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Place()
    {
        AddBlock();
        Take(PieceTrie.Root, -1);
        var open = new Stack<(int Node, int From, int To, int Depth)>();
        var first = 0;
        while (first < _order.Length && Length(_order[first]) == 0)
        {
            first++;
        }

        if (first < _order.Length)
        {
            open.Push((PieceTrie.Root, first, _order.Length, 0));
        }

        while (open.TryPop(out var range))
        {
            var (node, from, to, depth) = range;
            var value = -1;
            while (from < to && Length(_order[from]) == depth)
            {
                value = _ids[_order[from++]];
            }

            if (from == to)
            {
                _units[node].Base = ~value;
                continue;
            }

            var count = Children(from, to, depth);
            if (value >= 0)
            {
                _labels[count] = PieceTrie.ValueLabel;
            }

            var origin = FindRoom(_labels.AsSpan(0, value >= 0 ? count + 1 : count));
            _units[node].Base = (origin << 1) | (value >= 0 ? 1 : 0);
            if (value >= 0)
            {
                Take(origin ^ PieceTrie.ValueLabel, node);
                _units[origin ^ PieceTrie.ValueLabel].Base = ~value;
            }

            for (var child = count - 1; child >= 0; child--)
            {
                var place = origin ^ _labels[child];
                Take(place, node);
                open.Push((place, _bounds[child], _bounds[child + 1], depth + 1));
            }
        }
    }

    /// <summary>Finds the bytes at a depth in a range of the order, and where each begins and the last ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Children(int from, int to, int depth)
    {
        var count = 0;
        for (var index = from; index < to; index++)
        {
            var label = _bytes[_starts[_order[index]] + depth];
            if (count == 0 || _labels[count - 1] != label)
            {
                _bounds[count] = index;
                _labels[count++] = label;
            }
        }

        _bounds[count] = to;
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int FindRoom(ReadOnlySpan<byte> labels)
    {
        var from = _lowestFree;
        if (labels.Length > 1)
        {
            from = Math.Max(from, _size - WindowSize);
        }

        var tries = 0;
        for (var place = NextFree(from); place < _size && tries < MostTries; place = NextFree(place + 1), tries++)
        {
            var origin = place ^ labels[0];
            var fits = true;
            for (var index = 1; fits && index < labels.Length; index++)
            {
                fits = !IsUsed(origin ^ labels[index]);
            }

            if (fits)
            {
                return origin;
            }
        }

        var fresh = _size;
        AddBlock();
        return fresh;
    }

    private bool IsUsed(int place) => (_used[place >> 6] >> (place & 63) & 1) != 0;

    /// <summary>The first free place from there on; at or behind the end where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int NextFree(int from)
    {
        for (var word = from >> 6; word << 6 < _size; word++)
        {
            var free = ~_used[word];
            if (word == from >> 6)
            {
                free &= ulong.MaxValue << (from & 63);
            }

            if (free != 0)
            {
                return (word << 6) + BitOperations.TrailingZeroCount(free);
            }
        }

        return _size;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Take(int place, int parent)
    {
        _units[place].Parent = parent;
        _used[place >> 6] |= 1UL << (place & 63);
        if (place == _lowestFree)
        {
            _lowestFree = NextFree(place);
        }
    }

    private void AddBlock()
    {
        if (_size == _units.Length)
        {
            Array.Resize(ref _units, 2 * _size);
            Array.Resize(ref _used, _units.Length / 64);
        }

        for (var end = _size + BlockSize; _size < end; _size++)
        {
            _units[_size].Parent = -1;
        }
    }
}
