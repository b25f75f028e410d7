using Atropos.Jinja.Errors;
using Atropos.Jinja.Nodes;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja;

/// <summary>The <c>loop</c> variable.</summary>
internal sealed class LoopValue(object?[] items, int depth, RecursiveLoop? recursion) : PyObject
{
    private object?[]? _lastChanged;

    public int Index { get; set; }

    public override string TypeName => "LoopContext";

    public override string Text => $"<LoopContext {Index + 1}/{items.Length}>";

    public override long? Length => items.Length;

    public override bool IsCallable => recursion is not null;

    public override bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "index" => Box.Int(Index + 1),
            "index0" => Box.Int(Index),
            "first" => Box.Bool(Index == 0),
            "last" => Box.Bool(Index == items.Length - 1),
            "length" => Box.Int(items.Length),
            "revindex" => Box.Int(items.Length - Index),
            "revindex0" => Box.Int(items.Length - Index - 1),
            "previtem" => Index > 0 ? items[Index - 1] : Undefined.WithHint("there is no previous item"),
            "nextitem" => Index + 1 < items.Length ? items[Index + 1] : Undefined.WithHint("there is no next item"),
            "depth" => Box.Int(depth + 1),
            "depth0" => Box.Int(depth),
            "cycle" => new BuiltinFunction("cycle", (_, args) => Cycle(args)),
            "changed" => new BuiltinFunction("changed", (_, args) => Changed(args)),
            _ => Missing.Value,
        };
        return !ReferenceEquals(value, Missing.Value);
    }

    public override object? Call(RenderContext context, CallArgs args)
    {
        if (recursion is null)
        {
            throw PyError.Type("The loop must have the 'recursive' marker to be called recursively.");
        }

        var bound = args.Bind("loop", ["iterable"], 1);
        return recursion.Call(context, bound[0], depth + 1);
    }

    private object? Cycle(CallArgs args) =>
        args.Positional.Length == 0 ? throw PyError.Type("no items for cycling given") : args.Positional[Index % args.Positional.Length];

    private object Changed(CallArgs args)
    {
        var same = _lastChanged is not null && PyCompare.AreEqual(new JinjaTuple(_lastChanged), new JinjaTuple(args.Positional));
        _lastChanged = args.Positional;
        return Box.Bool(!same);
    }
}
