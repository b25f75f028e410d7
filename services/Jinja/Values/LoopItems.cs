using Atropos.Jinja.Runtime;

namespace Atropos.Jinja;

/// <summary>What a loop walks over. A filter and a lazy sequence give an item only when it is asked for, so that they see what the body
/// did before, and what lies behind a <c>break</c> is never made.</summary>
internal sealed class LoopItems
{
    private readonly object?[]? _array;
    private readonly IEnumerator<object?>? _rest;
    private readonly List<object?>? _seen;
    private readonly Budget? _budget;

    public LoopItems(object?[] items) => _array = items;

    public LoopItems(Budget budget, IEnumerable<object?> items)
    {
        _budget = budget;
        _rest = items.GetEnumerator();
        _seen = [];
    }

    /// <summary>How many there are, which makes all of them.</summary>
    public int Count
    {
        get
        {
            if (_array is not null)
            {
                return _array.Length;
            }

            while (TryGet(_seen!.Count, out _))
            {
                // Each is kept.
            }

            return _seen.Count;
        }
    }

    /// <summary>The item at an index, or false where there are fewer.</summary>
    public bool TryGet(int index, out object? item)
    {
        if (_array is not null)
        {
            var inside = (uint)index < (uint)_array.Length;
            item = inside ? _array[index] : null;
            return inside;
        }

        return TryMake(index, out item);
    }

    private bool TryMake(int index, out object? item)
    {
        while (_seen!.Count <= index && _rest!.MoveNext())
        {
            _budget!.Step();
            _budget.ChargeMemory(2 * IntPtr.Size);
            _seen.Add(_rest.Current);
        }

        item = index < _seen.Count ? _seen[index] : null;
        return index < _seen.Count;
    }
}
