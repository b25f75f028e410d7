using Atropos.Jinja.Errors;
using Atropos.Jinja.Nodes;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja;

/// <summary>The <c>loop</c> variable.</summary>
internal sealed class LoopValue(LoopItems items, int depth, RecursiveLoop? recursion) : PyObject
{
    private object?[]? _lastChanged;

    public int Index { get; set; }

    public override string TypeName => "LoopContext";

    public override string Text => $"<LoopContext {Index + 1}/{items.Count}>";

    public override long? Length => items.Count;

    public override bool IsCallable => recursion is not null;

    public override bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "index" => Box.Int(Index + 1),
            "index0" => Box.Int(Index),
            "first" => Box.Bool(Index == 0),
            "last" => Box.Bool(!items.TryGet(Index + 1, out _)),
            "length" => Box.Int(items.Count),
            "revindex" => Box.Int(items.Count - Index),
            "revindex0" => Box.Int(items.Count - Index - 1),
            "previtem" => Index > 0 && items.TryGet(Index - 1, out var before) ? before : Undefined.WithHint("there is no previous item"),
            "nextitem" => items.TryGet(Index + 1, out var after) ? after : Undefined.WithHint("there is no next item"),
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
