using System.Runtime.InteropServices;
using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Models;

/// <summary>
/// A bounded memory of words and their ids, all of it in one array: nothing is allocated when a word is added. A slot holds one
/// word, and a newcomer replaces it. Safe for use from several threads without a lock: a slot's version is odd while it is
/// written, and who sees it change while reading has found nothing.
/// </summary>
internal sealed class WordCache
{
    /// <summary>The longest word that is kept, in UTF-16 units.</summary>
    public const int LongestWord = 16;

    private const int MostIds = 6;
    private const int SlotCount = 1 << 15;

    // A slot is one cache line: version, lengths, ids, characters.
    private const int SlotSize = 16;
    private const int LengthsAt = 1;
    private const int IdsAt = 2;
    private const int CharsAt = IdsAt + MostIds;

    private readonly int[] _slots = GC.AllocateArray<int>((SlotCount + 1) * SlotSize, pinned: true);
    private readonly int _first;

    public WordCache()
    {
        // Cache lines begin at multiples of 64 bytes, which an array does not.
        var misplaced = (int)(Marshal.UnsafeAddrOfPinnedArrayElement(_slots, 0) & 63);
        _first = ((64 - misplaced) & 63) / sizeof(int);
    }

    /// <summary>Appends the ids of a word of up to <see cref="LongestWord"/> units, if they are known.</summary>
    public bool TryAppend(ReadOnlySpan<char> word, List<int> output)
    {
        var slot = Slot(word);
        var version = Volatile.Read(ref slot[0]);
        var lengths = slot[LengthsAt];
        if ((version & 1) != 0 || lengths == 0 || (lengths & 0xFF) != word.Length || !word.SequenceEqual(Chars(slot)[..word.Length]))
        {
            return false;
        }

        var before = output.Count;
        var count = lengths >> 8;
        if (count == 1)
        {
            output.Add(slot[IdsAt]);
        }
        else
        {
            output.AddRange(slot.Slice(IdsAt, count));
        }

        Volatile.ReadBarrier();
        if (slot[0] == version)
        {
            return true;
        }

        CollectionsMarshal.SetCount(output, before);
        return false;
    }

    /// <summary>Keeps a word, if it is short enough.</summary>
    public void Add(ReadOnlySpan<char> word, ReadOnlySpan<int> ids)
    {
        if (word.Length > LongestWord || ids.Length > MostIds)
        {
            return;
        }

        var slot = Slot(word);
        var version = slot[0];
        if ((version & 1) != 0 || Interlocked.CompareExchange(ref slot[0], version + 1, version) != version)
        {
            return;
        }

        // The odd version has to be seen before anything that is written next.
        Volatile.WriteBarrier();
        slot[LengthsAt] = word.Length | (ids.Length << 8);
        ids.CopyTo(slot[IdsAt..]);
        word.CopyTo(Chars(slot));
        Volatile.Write(ref slot[0], version + 2);
    }

    private static Span<char> Chars(Span<int> slot) => MemoryMarshal.Cast<int, char>(slot[CharsAt..]);

    private Span<int> Slot(ReadOnlySpan<char> word)
    {
        var hash = ByteHash.Of(MemoryMarshal.AsBytes(word));
        return _slots.AsSpan(_first + ((int)(hash >> 49) * SlotSize), SlotSize);
    }
}
