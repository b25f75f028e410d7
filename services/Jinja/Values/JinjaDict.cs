using System.Diagnostics.CodeAnalysis;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja;

/// <summary>A Python dict as templates see it: keys keep their order of insertion, and keys that Python holds equal
/// (<c>1</c>, <c>1.0</c> and <c>True</c>) are one key. Fill it before it is given to a rendering and leave it alone afterwards:
/// templates cannot change it, and renderings share it without copying.</summary>
public sealed class JinjaDict
{
    private const int LinearSearchLimit = 8;

    private object?[] _keys;
    private object?[] _values;
    private Dictionary<DictKey, int>? _index;

    /// <summary>Makes an empty dict.</summary>
    /// <param name="capacity">How many entries to make room for.</param>
    public JinjaDict(int capacity = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        _keys = capacity == 0 ? [] : new object?[capacity];
        _values = capacity == 0 ? [] : new object?[capacity];
    }

    /// <summary>Number of entries.</summary>
    public int Count { get; private set; }

    internal ReadOnlySpan<object?> Keys => _keys.AsSpan(0, Count);

    internal ReadOnlySpan<object?> Values => _values.AsSpan(0, Count);

    /// <summary>Adds an entry, or replaces the value of the key that is there (which keeps its place).</summary>
    /// <param name="key">A hashable template value: null, a bool, a number, a string or a tuple of these.</param>
    /// <param name="value">A template value.</param>
    public void Set(object? key, object? value)
    {
        var at = Find(key);
        if (at >= 0)
        {
            _values[at] = value;
            return;
        }

        if (Count == _keys.Length)
        {
            var size = Math.Max(4, Count * 2);
            Array.Resize(ref _keys, size);
            Array.Resize(ref _values, size);
        }

        _keys[Count] = key;
        _values[Count] = value;
        _index?.Add(new DictKey(key), Count);
        Count++;
    }

    /// <summary>Looks a key up.</summary>
    /// <param name="key">A hashable template value.</param>
    /// <param name="value">The value where there is one.</param>
    /// <returns>Whether the key is there.</returns>
    public bool TryGet(object? key, [MaybeNullWhen(true)] out object? value)
    {
        var at = key is string text ? FindString(text) : Find(key);
        value = at < 0 ? null : _values[at];
        return at >= 0;
    }

    /// <summary>Gives the entries in their order.</summary>
    public IEnumerable<KeyValuePair<object?, object?>> Entries()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return new KeyValuePair<object?, object?>(_keys[i], _values[i]);
        }
    }

    /// <summary>Looks a key up, first at <paramref name="place"/>, where the caller found it in the dict before this one.</summary>
    internal bool TryGet(string key, ref int place, out object? value)
    {
        var at = place;
        if ((uint)at >= (uint)Count || _keys[at] is not string known || !string.Equals(known, key))
        {
            at = FindString(key);
            if (at < 0)
            {
                value = null;
                return false;
            }

            place = at;
        }

        value = _values[at];
        return true;
    }

    /// <summary>Sets an entry, which is first looked for at <paramref name="place"/>.</summary>
    internal void Set(string key, ref int place, object? value)
    {
        // Other renderings may move the place meanwhile.
        var at = place;
        if (TryGet(key, ref at, out _))
        {
            place = at;
            _values[at] = value;
        }
        else
        {
            Set(key, value);
        }
    }

    private int FindString(string key)
    {
        if (Count > LinearSearchLimit)
        {
            return FindIndexed(key);
        }

        var keys = _keys;
        for (var i = 0; i < Count; i++)
        {
            if (keys[i] is string other && string.Equals(other, key))
            {
                return i;
            }
        }

        return -1;
    }

    private int Find(object? key)
    {
        if (Count > LinearSearchLimit)
        {
            return FindIndexed(key);
        }

        PyCompare.RequireHashable(key);
        for (var i = 0; i < Count; i++)
        {
            if (PyCompare.AreEqual(_keys[i], key))
            {
                return i;
            }
        }

        return -1;
    }

    private int FindIndexed(object? key)
    {
        var index = Volatile.Read(ref _index);
        if (index is null)
        {
            // Two renderings may build the same index at once; either result serves.
            index = new Dictionary<DictKey, int>(_keys.Length);
            for (var i = 0; i < Count; i++)
            {
                index.Add(new DictKey(_keys[i]), i);
            }

            Volatile.Write(ref _index, index);
        }

        return index.TryGetValue(new DictKey(key), out var at) ? at : -1;
    }
}
