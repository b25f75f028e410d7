using Atropos.Jinja.Runtime;

namespace Atropos.Jinja;

/// <summary>Jinja's <c>cycler</c>: gives its items in turn.</summary>
internal sealed class Cycler(object?[] items) : PyObject
{
    private int _position;

    public override string TypeName => "Cycler";

    public override bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "current" => items[_position],
            "items" => new JinjaTuple(items),
            "pos" => Box.Int(_position),
            "next" => new BuiltinFunction("next", (_, args) => Next(args)),
            "reset" => new BuiltinFunction("reset", (_, args) => Reset(args)),
            _ => Missing.Value,
        };
        return value != Missing.Value;
    }

    private object? Next(CallArgs args)
    {
        args.RequireNone("next");
        var item = items[_position];
        _position = (_position + 1) % items.Length;
        return item;
    }

    private object? Reset(CallArgs args)
    {
        args.RequireNone("reset");
        _position = 0;
        return null;
    }
}
