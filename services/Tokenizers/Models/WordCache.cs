namespace Atropos.Tokenizers.Models;

/// <summary>
/// A bounded memory of words and their ids. A slot holds one word, and a newcomer replaces it; entries are immutable
/// and published by one reference write, so that no lock is needed.
/// </summary>
internal sealed class WordCache
{
    /// <summary>The longest word that is kept, in UTF-16 units.</summary>
    public const int LongestWord = 48;

    private const int SlotCount = 1 << 14;

    private readonly Entry?[] _slots = new Entry?[SlotCount];

    public bool TryGet(ReadOnlySpan<char> word, out ReadOnlySpan<int> ids)
    {
        var entry = Volatile.Read(ref _slots[Slot(word)]);
        if (entry is not null && word.SequenceEqual(entry.Word))
        {
            ids = entry.Ids;
            return true;
        }

        ids = default;
        return false;
    }

    public void Add(ReadOnlySpan<char> word, ReadOnlySpan<int> ids)
    {
        if (word.Length <= LongestWord)
        {
            Volatile.Write(ref _slots[Slot(word)], new Entry(word.ToString(), ids.ToArray()));
        }
    }

    private static int Slot(ReadOnlySpan<char> word) => string.GetHashCode(word) & (SlotCount - 1);

    private sealed record Entry(string Word, int[] Ids);
}
