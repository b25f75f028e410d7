using Atropos.Jinja.Errors;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Builtins;

/// <summary>Filters on values of any type.</summary>
internal static class ValueFilters
{
    public static object? Attribute(RenderContext _, object? value, CallArgs args)
    {
        var name = args.Bind("attr", ["name"], 1)[0];
        Undefined.Reject(name);
        return PyTypes.TryText(name, out var text)
            ? PyAccess.AttributeOnly(value, text)
            : throw PyError.Type($"attribute name must be string, not '{PyTypes.Name(name)}'");
    }

    public static object? Default(RenderContext _, object? value, CallArgs args)
    {
        var bound = args.Bind("default", ["default_value", "boolean"]);
        return value is Undefined || (Arg.Flag(bound[1]) && !PyTypes.IsTrue(value)) ? Arg.Or(bound[0], "") : value;
    }

    public static object? Length(RenderContext _, object? value, CallArgs args)
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
        switch (value)
        {
            case JinjaDict dict:
                context.ChargeParts(2L * dict.Count, 0);
                return new Generator("generator object do_items", new DictView(dict, DictViewKind.Items).ToArray());
            case Undefined:
                return new Generator("generator object do_items", []);
            default:
                // Jinja's own filter is a generator: it complains when it is walked, not when it is called.
                return new Generator("generator object do_items", Enumerable.Range(0, 1).Select<int, object?>(
                    _ => throw PyError.Type("Can only get item pairs from a mapping.")));
        }
    }

    public static object? DictSort(RenderContext context, object? value, CallArgs args)
    {
        var bound = args.Bind("dictsort", ["case_sensitive", "by", "reverse"]);
        var part = Arg.Or(bound[1], "key") switch
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
        return new JinjaList(SortKeys.Sort(context, pairs, pair => SortKeys.Fold(((JinjaTuple)pair!).Items[part], caseSensitive), SortKeys.Reverse(bound[2])));
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
        if (value is Generator generator)
        {
            throw PyError.Type($"'{generator.TypeName}' object is not reversible");
        }

        var items = PyIter.Items(context, value);
        return items.Length > 0 ? items[^1] : Undefined.WithHint("No last item, sequence was empty.");
    }

    public static object? Random(RenderContext context, object? value, CallArgs args)
    {
        args.RequireNone("random");
        var items = PyIter.Items(context, value);
        return items.Length > 0
            ? items[System.Random.Shared.Next(items.Length)]
            : Undefined.WithHint("No random item, sequence was empty.");
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

        var items = PyIter.Items(context, value).Reverse().ToArray();
        var description = value switch
        {
            JinjaList => "list_reverseiterator object",
            JinjaDict => "dict_reversekeyiterator object",
            DictView view => view.ReverseName,
            PyRange => "range_iterator object",
            JinjaSequence or Undefined => "reversed object",
            _ => null,
        };
        return description is null ? new JinjaList(items) : new Generator(description, items);
    }
}
