using Atropos.Jinja.Runtime;

namespace Atropos.Jinja;

/// <summary>A lazy sequence that can be walked once, as <c>map</c> and <c>select</c> give it.</summary>
internal sealed class Generator(string name, IEnumerable<object?> items) : PyObject
{
    private IEnumerator<object?>? _enumerator;

    public override string TypeName => "generator";

    public override string Text => $"<generator object {name}>";

    public override IEnumerable<object?> Iterate()
    {
        while (TryNext(out var item))
        {
            yield return item;
        }
    }

    private bool TryNext(out object? item)
    {
        _enumerator ??= items.GetEnumerator();
        var more = _enumerator.MoveNext();
        item = more ? _enumerator.Current : null;
        return more;
    }
}
