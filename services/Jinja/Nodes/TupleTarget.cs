using Atropos.Jinja.Binding;
using Atropos.Jinja.Errors;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary>Several targets that a sequence is spread over: <c>a, b</c>.</summary>
internal sealed class TupleTarget(AssignTarget[] targets) : AssignTarget
{
    public override void Declare(SymbolTable symbols, bool asParameter)
    {
        foreach (var target in targets)
        {
            target.Declare(symbols, asParameter);
        }
    }

    public override void Bind(Binder binder)
    {
        foreach (var target in targets)
        {
            target.Bind(binder);
        }
    }

    public override AssignTarget Copy() => new TupleTarget(Array.ConvertAll(targets, target => target.Copy()));

    public override void Assign(RenderContext context, Frame frame, object? value)
    {
        var items = value is JinjaTuple tuple ? tuple.Items : Unpack(context, value);
        if (items.Length != targets.Length)
        {
            throw PyError.Value(items.Length > targets.Length
                ? $"too many values to unpack (expected {targets.Length})"
                : $"not enough values to unpack (expected {targets.Length}, got {items.Length})");
        }

        for (var i = 0; i < items.Length; i++)
        {
            targets[i].Assign(context, frame, items[i]);
        }
    }

    private static object?[] Unpack(RenderContext context, object? value) => PyIter.IsIterable(value)
        ? PyIter.Items(context, value)
        : throw PyError.Type($"cannot unpack non-iterable {PyTypes.Name(value)} object");
}
