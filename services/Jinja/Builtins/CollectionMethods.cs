using System.Collections.Frozen;
using Atropos.Jinja.Errors;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Builtins;

/// <summary>Methods of list, tuple and dict.</summary>
internal static class CollectionMethods
{
    public static readonly FrozenDictionary<string, BuiltinMethod> Dict = new Dictionary<string, BuiltinMethod>
    {
        ["get"] = Get,
        ["items"] = (_, self, args) => View(self, args, "items", DictViewKind.Items),
        ["keys"] = (_, self, args) => View(self, args, "keys", DictViewKind.Keys),
        ["values"] = (_, self, args) => View(self, args, "values", DictViewKind.Values),
        ["copy"] = (_, self, args) =>
        {
            args.RequireNone("copy");
            return self;
        },
    }.ToFrozenDictionary();

    public static readonly FrozenDictionary<string, BuiltinMethod> List = new Dictionary<string, BuiltinMethod>
    {
        ["count"] = Count,
        ["index"] = Index,
        ["copy"] = (_, self, args) =>
        {
            args.RequireNone("copy");
            return self;
        },
    }.ToFrozenDictionary();

    private static object? Get(RenderContext context, object self, CallArgs args)
    {
        if (args.Named.Length > 0 || args.Positional.Length is 0 or > 2)
        {
            throw PyError.Type("get expected 1 or 2 positional arguments");
        }

        return ((JinjaDict)self).TryGet(args.Positional[0], out var value) ? value
            : args.Positional.Length > 1 ? args.Positional[1]
            : null;
    }

    private static DictView View(object self, CallArgs args, string name, DictViewKind kind)
    {
        args.RequireNone(name);
        return new DictView((JinjaDict)self, kind);
    }

    private static object Count(RenderContext context, object self, CallArgs args)
    {
        var bound = args.Bind("count", ["value"], 1);
        return Box.Int(((JinjaSequence)self).Items.Count(item => PyCompare.AreEqual(item, bound[0])));
    }

    private static object Index(RenderContext context, object self, CallArgs args)
    {
        var bound = args.Bind("index", ["value", "start", "stop"], 1);
        var items = ((JinjaSequence)self).Items;
        var start = Clamp(Arg.Int(bound[1], 0), items.Length);
        var stop = Clamp(Arg.Int(bound[2], items.Length), items.Length);
        for (var i = start; i < stop; i++)
        {
            if (PyCompare.AreEqual(items[i], bound[0]))
            {
                return Box.Int(i);
            }
        }

        throw PyError.Value($"{PyRepr.Repr(bound[0])} is not in list");
    }

    private static long Clamp(long index, long length) => Math.Clamp(index < 0 ? index + length : index, 0, length);
}
