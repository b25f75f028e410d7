using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Models;

/// <summary>
/// Tokens and their ids, in both directions. All tokens lie behind one another in one array of UTF-8; a token becomes a string when
/// it is asked for.
/// </summary>
internal sealed class Vocabulary
{
    private readonly byte[] _text;
    private readonly int[] _starts;
    private readonly int[] _ids;
    private readonly int[] _entries;
    private readonly uint[] _slots;
    private readonly int _entryBits;
    private readonly int _shift;

    // Each token's id is its place in the file, as in most of them, which spares a look at the ids.
    private readonly bool _listsInOrder = true;

    public Vocabulary(IEnumerable<KeyValuePair<string, int>> ids)
        : this(Written(ids))
    {
    }

    /// <param name="builder">Has all tokens; of two equal ones the later counts. Is not to be used afterwards.</param>
    /// <param name="isList">Whether the tokens' ids are their places, as in Unigram's lists. There an earlier one of two equal tokens, though
    /// never found, stays the token of its id, and counts.</param>
    public Vocabulary(VocabularyBuilder builder, bool isList = false)
    {
        var count = builder.Count;
        (_text, _starts, _ids) = builder.Finish();
        _entryBits = 32 - BitOperations.LeadingZeroCount((uint)count + 1);
        var size = BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, count * 3L / 2));
        _slots = new uint[size];
        _shift = 64 - BitOperations.Log2(size);
        Index(count);
        var largest = -1;
        foreach (var id in _ids)
        {
            largest = Math.Max(largest, id);
        }

        HasDistinctIds = true;
        _entries = new int[largest + 1];
        Array.Fill(_entries, -1);
        for (var entry = 0; entry < count; entry++)
        {
            _listsInOrder &= _ids[entry] == entry;
            if (_ids[entry] >= 0)
            {
                HasDistinctIds &= _entries[_ids[entry]] < 0;
                _entries[_ids[entry]] = entry;
            }
            else if (isList)
            {
                _entries[entry] = entry;
            }
        }

        Count = isList ? count : Count;
    }

    /// <summary>Whether every token is UTF-8.</summary>
    public bool IsText => Utf8.IsValid(_text);

    /// <summary>The number of tokens, which is less than <see cref="Size"/> where ids are missing.</summary>
    public int Count { get; private set; }

    /// <summary>Whether no two tokens have the same id.</summary>
    public bool HasDistinctIds { get; }

    /// <summary>The number of places for <see cref="At"/>.</summary>
    public int Places => _ids.Length;

    /// <summary>The largest id plus one.</summary>
    public int Size => _entries.Length;

    public bool TryGetId(ReadOnlySpan<char> token, out int id)
    {
        const int OnStack = 128;
        if (token.Length <= OnStack)
        {
            Span<byte> utf8 = stackalloc byte[OnStack * 3];
            return TryGetId(utf8[..Encoding.UTF8.GetBytes(token, utf8)], out id);
        }

        var rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(token.Length));
        var found = TryGetId(rented.AsSpan(0, Encoding.UTF8.GetBytes(token, rented)), out id);
        ArrayPool<byte>.Shared.Return(rented);
        return found;
    }

    /// <summary>Looks a token up by its UTF-8 bytes.</summary>
    // Loading calls this a million times, before the runtime would have got round to optimizing it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryGetId(ReadOnlySpan<byte> utf8, out int id)
    {
        var hash = ByteHash.Of(utf8);
        var tag = Tag(hash);
        var slots = _slots;
        var slot = (int)(hash >> _shift);
        for (; slots[slot] != 0; slot = (slot + 1) & (slots.Length - 1))
        {
            var found = slots[slot];
            if ((found >> _entryBits) == tag && utf8.SequenceEqual(Entry(EntryIn(found))))
            {
                id = EntryIn(found);
                if (!_listsInOrder)
                {
                    id = _ids[id];
                }

                return true;
            }
        }

        id = 0;
        return false;
    }

    /// <summary>The token at a place of the file, and its id; -1 where an equal one comes later.</summary>
    public ReadOnlySpan<byte> At(int place, out int id)
    {
        id = _ids[place];
        return Entry(place);
    }

    /// <summary>The UTF-8 bytes of a token; empty when no token has this id.</summary>
    public ReadOnlySpan<byte> Utf8Of(int id) => (uint)id < (uint)_entries.Length && _entries[id] >= 0 ? Entry(_entries[id]) : default;

    /// <summary>The token of an id, as a new string; null when no token has this id.</summary>
    public string? TokenOf(int id) => (uint)id < (uint)_entries.Length && _entries[id] >= 0 ? Encoding.UTF8.GetString(Entry(_entries[id])) : null;

    private static VocabularyBuilder Written(IEnumerable<KeyValuePair<string, int>> ids)
    {
        var builder = new VocabularyBuilder();
        foreach (var (token, id) in ids)
        {
            builder.Add(Encoding.UTF8.GetBytes(token), id);
        }

        return builder;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Index(int count)
    {
        var slots = _slots;
        for (var entry = 0; entry < count; entry++)
        {
            var token = Entry(entry);
            var hash = ByteHash.Of(token);
            var tag = Tag(hash);
            var slot = (int)(hash >> _shift);
            while (slots[slot] is var found && found != 0)
            {
                if ((found >> _entryBits) == tag && token.SequenceEqual(Entry(EntryIn(found))))
                {
                    _ids[EntryIn(found)] = -1;
                    slots[slot] = (tag << _entryBits) | (uint)(entry + 1);
                    break;
                }

                slot = (slot + 1) & (slots.Length - 1);
            }

            if (slots[slot] == 0)
            {
                slots[slot] = (tag << _entryBits) | (uint)(entry + 1);
                Count++;
            }
        }
    }

    // What the slot's index does not use of the hash, to tell most strangers without looking at their text.
    private uint Tag(ulong hash) => (uint)hash >> _entryBits;

    private int EntryIn(uint slot) => (int)(slot & ((1U << _entryBits) - 1)) - 1;

    private ReadOnlySpan<byte> Entry(int entry) => _text.AsSpan(_starts[entry], _starts[entry + 1] - _starts[entry]);
}
