using System.Collections;

namespace Grpc.Core;

/// <summary>
/// Headers or trailers of a call: an ordered list of entries, in which a key may occur more than once. Keys are lower case.
/// </summary>
public sealed partial class Metadata : IList<Metadata.Entry>
{
    /// <summary>No entries; read only.</summary>
    public static readonly Metadata Empty = new() { IsReadOnly = true };

    /// <summary>How the keys of binary entries end.</summary>
    public const string BinaryHeaderSuffix = "-bin";

    private readonly List<Entry> _entries = [];

    /// <summary>Creates metadata without entries.</summary>
    public Metadata()
    {
    }

    /// <summary>Number of entries.</summary>
    public int Count => _entries.Count;

    /// <summary>Whether the entries cannot be changed.</summary>
    public bool IsReadOnly { get; private init; }

    /// <summary>The entry at a position.</summary>
    /// <param name="index">The position, from 0.</param>
    /// <returns>The entry.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such position.</exception>
    /// <exception cref="ArgumentNullException">The new entry is null.</exception>
    /// <exception cref="InvalidOperationException">Setting, and the metadata is read only.</exception>
    public Entry this[int index]
    {
        get => _entries[index];
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            ThrowIfReadOnly();
            _entries[index] = value;
        }
    }

    /// <summary>Gets the last entry with a key.</summary>
    /// <param name="key">The key, in any case.</param>
    /// <returns>The entry, or null where there is none.</returns>
    public Entry? Get(string key)
    {
        for (var i = _entries.Count - 1; i >= 0; i--)
        {
            if (_entries[i].HasKey(key))
            {
                return _entries[i];
            }
        }

        return null;
    }

    /// <summary>Gets the text of the last entry with a key.</summary>
    /// <param name="key">The key, in any case.</param>
    /// <returns>The text, or null where there is no such entry.</returns>
    /// <exception cref="InvalidOperationException">The entry is binary.</exception>
    public string? GetValue(string key) => Get(key)?.Value;

    /// <summary>Gets the bytes of the last entry with a key.</summary>
    /// <param name="key">The key, in any case.</param>
    /// <returns>The bytes, or null where there is no such entry.</returns>
    public byte[]? GetValueBytes(string key) => Get(key)?.ValueBytes;

    /// <summary>Gets all entries with a key, in order.</summary>
    /// <param name="key">The key, in any case.</param>
    /// <returns>The entries.</returns>
    public IEnumerable<Entry> GetAll(string key)
    {
        for (var i = 0; i < _entries.Count; i++)
        {
            if (_entries[i].HasKey(key))
            {
                yield return _entries[i];
            }
        }
    }

    /// <summary>Adds a text entry.</summary>
    /// <param name="key">Its key, not ending in <c>-bin</c>.</param>
    /// <param name="value">Its text.</param>
    /// <exception cref="ArgumentException">The key is not valid for text.</exception>
    /// <exception cref="InvalidOperationException">The metadata is read only.</exception>
    public void Add(string key, string value) => Add(new Entry(key, value));

    /// <summary>Adds a binary entry.</summary>
    /// <param name="key">Its key, ending in <c>-bin</c>.</param>
    /// <param name="valueBytes">Its bytes; copied.</param>
    /// <exception cref="ArgumentException">The key is not valid for bytes.</exception>
    /// <exception cref="InvalidOperationException">The metadata is read only.</exception>
    public void Add(string key, byte[] valueBytes) => Add(new Entry(key, valueBytes));

    /// <summary>Adds an entry.</summary>
    /// <param name="item">The entry.</param>
    /// <exception cref="ArgumentNullException"><paramref name="item"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The metadata is read only.</exception>
    public void Add(Entry item)
    {
        ArgumentNullException.ThrowIfNull(item);
        ThrowIfReadOnly();
        _entries.Add(item);
    }

    /// <summary>Finds an entry.</summary>
    /// <param name="item">The entry.</param>
    /// <returns>Its position, or -1.</returns>
    public int IndexOf(Entry item) => _entries.IndexOf(item);

    /// <summary>Inserts an entry.</summary>
    /// <param name="index">The position it gets.</param>
    /// <param name="item">The entry.</param>
    /// <exception cref="ArgumentNullException"><paramref name="item"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The metadata is read only.</exception>
    public void Insert(int index, Entry item)
    {
        ArgumentNullException.ThrowIfNull(item);
        ThrowIfReadOnly();
        _entries.Insert(index, item);
    }

    /// <summary>Removes the entry at a position.</summary>
    /// <param name="index">The position.</param>
    /// <exception cref="InvalidOperationException">The metadata is read only.</exception>
    public void RemoveAt(int index)
    {
        ThrowIfReadOnly();
        _entries.RemoveAt(index);
    }

    /// <summary>Removes all entries.</summary>
    /// <exception cref="InvalidOperationException">The metadata is read only.</exception>
    public void Clear()
    {
        ThrowIfReadOnly();
        _entries.Clear();
    }

    /// <summary>Whether an entry is there.</summary>
    /// <param name="item">The entry.</param>
    /// <returns>True where it is.</returns>
    public bool Contains(Entry item) => _entries.Contains(item);

    /// <summary>Copies the entries to an array.</summary>
    /// <param name="array">The array.</param>
    /// <param name="arrayIndex">Where in it to begin.</param>
    public void CopyTo(Entry[] array, int arrayIndex) => _entries.CopyTo(array, arrayIndex);

    /// <summary>Removes an entry.</summary>
    /// <param name="item">The entry.</param>
    /// <returns>Whether it was there.</returns>
    /// <exception cref="InvalidOperationException">The metadata is read only.</exception>
    public bool Remove(Entry item)
    {
        ThrowIfReadOnly();
        return _entries.Remove(item);
    }

    /// <summary>Enumerates the entries in order.</summary>
    /// <returns>The enumerator.</returns>
    public IEnumerator<Entry> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _entries.GetEnumerator();

    private void ThrowIfReadOnly()
    {
        if (IsReadOnly)
        {
            throw new InvalidOperationException("The metadata is read only; create a new Metadata to add entries.");
        }
    }
}
