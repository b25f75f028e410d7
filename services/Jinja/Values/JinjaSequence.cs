using System.Collections;

namespace Atropos.Jinja;

/// <summary>An immutable sequence of template values: a <see cref="JinjaList"/> or a <see cref="JinjaTuple"/>.</summary>
public abstract class JinjaSequence : IReadOnlyList<object?>
{
    private protected JinjaSequence(object?[] items)
    {
        Items = items;
    }

    /// <summary>Number of items.</summary>
    public int Count => Items.Length;

    /// <summary>The item at <paramref name="index"/>, counted from 0.</summary>
    /// <exception cref="IndexOutOfRangeException"><paramref name="index"/> is negative or not below <see cref="Count"/>.</exception>
    public object? this[int index] => Items[index];

    internal object?[] Items { get; }

    /// <inheritdoc/>
    public IEnumerator<object?> GetEnumerator() => ((IEnumerable<object?>)Items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
