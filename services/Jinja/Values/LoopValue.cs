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

    public static LoopAttribute Find(string name) => name switch
    {
        "index" => LoopAttribute.Index,
        "index0" => LoopAttribute.Index0,
        "first" => LoopAttribute.First,
        "last" => LoopAttribute.Last,
        "length" => LoopAttribute.Length,
        "revindex" => LoopAttribute.RevIndex,
        "revindex0" => LoopAttribute.RevIndex0,
        "previtem" => LoopAttribute.PrevItem,
        "nextitem" => LoopAttribute.NextItem,
        "depth" => LoopAttribute.Depth,
        "depth0" => LoopAttribute.Depth0,
        "cycle" => LoopAttribute.Cycle,
        "changed" => LoopAttribute.Changed,
        _ => LoopAttribute.None,
    };

    public override bool TryGetAttribute(string name, out object? value)
    {
        var attribute = Find(name);
        value = attribute == LoopAttribute.None ? null : Get(attribute);
        return attribute != LoopAttribute.None;
    }

    public object? Get(LoopAttribute attribute) => attribute switch
    {
        LoopAttribute.Index => Box.Int(Index + 1),
        LoopAttribute.Index0 => Box.Int(Index),
        LoopAttribute.First => Box.Bool(Index == 0),
        LoopAttribute.Last => Box.Bool(!items.TryGet(Index + 1, out _)),
        LoopAttribute.Length => Box.Int(items.Count),
        LoopAttribute.RevIndex => Box.Int(items.Count - Index),
        LoopAttribute.RevIndex0 => Box.Int(items.Count - Index - 1),
        LoopAttribute.PrevItem => Index > 0 && items.TryGet(Index - 1, out var before) ? before : Undefined.WithHint("there is no previous item"),
        LoopAttribute.NextItem => items.TryGet(Index + 1, out var after) ? after : Undefined.WithHint("there is no next item"),
        LoopAttribute.Depth => Box.Int(depth + 1),
        LoopAttribute.Depth0 => Box.Int(depth),
        LoopAttribute.Cycle => new BuiltinFunction("cycle", (_, args) => Cycle(args)),
        _ => new BuiltinFunction("changed", (_, args) => Changed(args)),
    };

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
