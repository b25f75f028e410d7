using Atropos.Jinja.Errors;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Builtins;

/// <summary>Filters on values of any type.</summary>
internal static class ValueFilters
{
    public static object? Attribute(RenderContext context, object? value, CallArgs args) =>
        PyAccess.AttributeOnly(value, PyRepr.Text(args.Bind("attr", ["name"], 1)[0]));

    public static object? Default(RenderContext context, object? value, CallArgs args)
    {
        var bound = args.Bind("default", ["default_value", "boolean"]);
        return value is Undefined || (Arg.Flag(bound[1]) && !PyTypes.IsTrue(value)) ? Arg.Or(bound[0], "") : value;
    }

    public static object? Length(RenderContext context, object? value, CallArgs args)
    {
        if (args != CallArgs.Empty)
        {
            args.RequireNone("length");
        }

        return Box.Int(PyIter.Length(value));
    }

    public static object? List(RenderContext context, object? value, CallArgs args)
    {
        args.RequireNone("list");
        return value is JinjaList ? value : PyIter.ToList(context, value);
    }

    public static object? Items(RenderContext context, object? value, CallArgs args)
    {
        args.RequireNone("items");
        return value switch
        {
            Undefined => new Generator("do_items", []),
            JinjaDict dict => new Generator("do_items", new DictView(dict, DictViewKind.Items).Iterate()),

            // Jinja's own filter is a generator: it complains when it is walked, not when it is called.
            _ => new Generator("do_items", Enumerable.Range(0, 1).Select<int, object?>(
                _ => throw PyError.Type("Can only get item pairs from a mapping."))),
        };
    }

    public static object? DictSort(RenderContext context, object? value, CallArgs args)
    {
        var bound = args.Bind("dictsort", ["case_sensitive", "by", "reverse"]);
        var by = Arg.Text(bound[1], "dictsort") ?? "key";
        var part = by switch
        {
            "key" => 0,
            "value" => 1,
            _ => throw new TemplateRuntimeException("FilterArgumentError", "You can only sort by either \"key\" or \"value\""),
        };
        if (value is not JinjaDict dict)
        {
            Undefined.Reject(value);
            throw PyError.Type($"'{PyTypes.Name(value)}' object has no attribute 'items'");
        }

        var caseSensitive = Arg.Flag(bound[0]);
        var pairs = new DictView(dict, DictViewKind.Items).ToArray();
        return new JinjaList(SortKeys.Sort(context, pairs, pair => SortKeys.Fold(((JinjaTuple)pair!).Items[part], caseSensitive), Arg.Flag(bound[2])));
    }

    public static object? First(RenderContext context, object? value, CallArgs args)
    {
        args.RequireNone("first");
        if (value is Generator generator)
        {
            foreach (var item in generator.Iterate())
            {
                return item;
            }
        }

        var items = PyIter.Items(context, value);
        return items.Length > 0 ? items[0] : Undefined.WithHint("No first item, sequence was empty.");
    }

    public static object? Last(RenderContext context, object? value, CallArgs args)
    {
        args.RequireNone("last");
        if (value is Generator)
        {
            throw PyError.Type("'generator' object is not reversible");
        }

        var items = PyIter.Items(context, value);
        return items.Length > 0 ? items[^1] : Undefined.WithHint("No last item, sequence was empty.");
    }

    public static object? Random(RenderContext context, object? value, CallArgs args)
    {
        args.RequireNone("random");
        var items = PyIter.Items(context, value);
#pragma warning disable CA5394 // Jinja's filter promises no more than this either.
        return items.Length > 0
            ? items[System.Random.Shared.Next(items.Length)]
            : Undefined.WithHint("No random item, sequence was empty.");
#pragma warning restore CA5394
    }

    public static object? Reverse(RenderContext context, object? value, CallArgs args)
    {
        args.RequireNone("reverse");
        if (PyTypes.TryText(value, out var text))
        {
            context.Charge(text.Length);
            var reversed = string.Concat(PyText.Characters(text).Reverse());
            return value is Markup ? new Markup(reversed) : reversed;
        }

        if (!PyIter.IsIterable(value))
        {
            throw new TemplateRuntimeException("FilterArgumentError", "argument must be iterable");
        }

        return new Generator("reversed", PyIter.Items(context, value).Reverse().ToArray());
    }
}
