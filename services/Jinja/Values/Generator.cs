using System.Runtime.CompilerServices;

namespace Atropos.Jinja;

/// <summary>A lazy sequence that can be walked once, as <c>map</c> and <c>select</c> give it.</summary>
/// <param name="description">What Python calls it, such as <c>generator object sync_do_map</c>.</param>
/// <param name="items">The items, made as they are asked for.</param>
internal sealed class Generator(string description, IEnumerable<object?> items) : PyObject
{
    private IEnumerator<object?>? _enumerator;

    public override string TypeName => description.Split(' ')[0];

    public override string Text => $"<{description} at {PyObject.Address}>";

    /// <summary>All items at once, where they lie in an array and none was taken yet. Only for a walk that nothing else can go on with.</summary>
    public object?[]? TakeAll() => _enumerator is null ? items as object?[] : null;

    public override IEnumerable<object?> Iterate()
    {
        while (TryNext(out var item))
        {
            yield return item;
        }
    }

    private bool TryNext(out object? item)
    {
        // A generator over a generator over ... is walked by recursion.
        RuntimeHelpers.EnsureSufficientExecutionStack();
        _enumerator ??= items.GetEnumerator();
        var more = _enumerator.MoveNext();
        item = more ? _enumerator.Current : null;
        return more;
    }
}
