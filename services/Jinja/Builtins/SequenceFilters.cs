using Atropos.Jinja.Errors;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Builtins;

/// <summary>Filters that join, cut or order sequences.</summary>
internal static class SequenceFilters
{
    public static object? Join(RenderContext context, object? value, CallArgs args)
    {
        var bound = args.Bind("join", ["d", "attribute"]);
        var separator = Arg.Or(bound[0], "");
        var attribute = AttributePath.From(Arg.Or(bound[1], null));
        using var result = new TextBuilder(context);
        var first = true;
        var escapes = context.AutoEscape;
        foreach (var item in PyIter.Items(context, value))
        {
            var part = attribute is null ? item : attribute.Read(item);
            var (between, text) = (PyRepr.Text(separator), PyRepr.Text(part));
            result.Append(first ? "" : escapes && separator is not Markup ? Markup.Escape(between) : between);
            result.Append(escapes && part is not Markup ? Markup.Escape(text) : text);
            context.Step();
            first = false;
        }

        return escapes ? new Markup(result.ToString()) : result.ToString();
    }

    public static object? Batch(RenderContext context, object? value, CallArgs args)
    {
        var bound = args.Bind("batch", ["linecount", "fill_with"], 1);
        var fill = Arg.Or(bound[1], null);
        return new Generator("generator object do_batch", Rows());

        IEnumerable<object?> Rows()
        {
            var row = new List<object?>();
            foreach (var item in PyIter.Items(context, value))
            {
                if (PyCompare.AreEqual(Box.Int(row.Count), bound[0]))
                {
                    context.ChargeParts(1, 0);
                    context.ChargeObjects(2L * row.Count);
                    yield return new JinjaList(row.ToArray());
                    row.Clear();
                }

                context.Step();
                row.Add(item);
            }

            if (row.Count == 0)
            {
                yield break;
            }

            if (fill is not null && PyCompare.Order(Box.Int(row.Count), bound[0], "<") < 0)
            {
                var missing = PyNumber.RequireLong(bound[0]) - row.Count;
                context.ChargeItems(missing);
                row.AddRange(Enumerable.Repeat(fill, (int)missing));
            }

            yield return new JinjaList(row.ToArray());
        }
    }

    public static object? Slice(RenderContext context, object? value, CallArgs args)
    {
        var bound = args.Bind("slice", ["slices", "fill_with"], 1);
        var fill = Arg.Or(bound[1], null);
        return new Generator("generator object sync_do_slice", Cut());

        IEnumerable<object?> Cut()
        {
            var items = PyIter.Items(context, value);
            var slices = (int)Math.Clamp(PyNumber.RequireLong(bound[0]), -1, context.Limits.MaxRangeSize);
            if (slices == 0)
            {
                throw PyError.ZeroDivision("integer division or modulo by zero");
            }

            var (each, extra) = (items.Length / slices, items.Length % slices);
            for (int i = 0, start = 0; i < slices; i++)
            {
                context.ChargeObjects(2L + each);
                var end = start + each + (i < extra ? 1 : 0);
                object?[] row = fill is not null && i >= extra ? [.. items[start..end], fill] : items[start..end];
                yield return new JinjaList(row);
                start = end;
            }
        }
    }

    public static object? Sort(RenderContext context, object? value, CallArgs args)
    {
        var bound = args.Bind("sort", ["reverse", "case_sensitive", "attribute"]);
        var caseSensitive = Arg.Flag(bound[1]);
        var paths = AttributePath.Several(Arg.Or(bound[2], null));
        return new JinjaList(SortKeys.Sort(context, PyIter.Items(context, value), Key, SortKeys.Reverse(bound[0]), equalFirst: true));

        object? Key(object? item) => paths.Length switch
        {
            0 => SortKeys.Fold(item, caseSensitive),
            1 => SortKeys.Fold(paths[0].Read(item), caseSensitive),
            _ => new JinjaList(Array.ConvertAll(paths, path => SortKeys.Fold(path.Read(item), caseSensitive))),
        };
    }

    public static object? Unique(RenderContext context, object? value, CallArgs args)
    {
        var bound = args.Bind("unique", ["case_sensitive", "attribute"]);
        var caseSensitive = Arg.Flag(bound[0]);
        var attribute = AttributePath.From(Arg.Or(bound[1], null));
        return new Generator("generator object sync_do_unique", Filter());

        IEnumerable<object?> Filter()
        {
            var seen = new HashSet<DictKey>();
            foreach (var item in PyIter.Items(context, value))
            {
                context.ChargeParts(1, 0);
                if (seen.Add(new DictKey(SortKeys.Fold(attribute is null ? item : attribute.Read(item), caseSensitive))))
                {
                    yield return item;
                }
            }
        }
    }

    public static object? Min(RenderContext context, object? value, CallArgs args) => Extreme(context, value, args, "<");

    public static object? Max(RenderContext context, object? value, CallArgs args) => Extreme(context, value, args, ">");

    public static object? GroupBy(RenderContext context, object? value, CallArgs args)
    {
        var bound = args.Bind("groupby", ["attribute", "default", "case_sensitive"], 1);
        var attribute = AttributePath.Of(bound[0]);
        var caseSensitive = Arg.Flag(bound[2]);
        var fallback = Arg.Or(bound[1], null) ?? Missing.Value;
        var items = SortKeys.Sort(context, PyIter.Items(context, value), item => Key(item, caseSensitive), reverse: false);
        var groups = new List<object?>();
        for (var start = 0; start < items.Length;)
        {
            var end = start + 1;
            while (end < items.Length && PyCompare.AreEqual(Key(items[start], caseSensitive), Key(items[end], caseSensitive)))
            {
                end++;
            }

            groups.Add(new JinjaTuple(Key(items[start], asItIs: true), new JinjaList(items[start..end])) { IsGroup = true });
            start = end;
        }

        return new JinjaList(groups.ToArray());

        object? Key(object? item, bool asItIs) => SortKeys.Fold(attribute.Read(item, fallback), asItIs);
    }

    private static object? Extreme(RenderContext context, object? value, CallArgs args, string symbol)
    {
        var bound = args.Bind(symbol == "<" ? "min" : "max", ["case_sensitive", "attribute"]);
        var caseSensitive = Arg.Flag(bound[0]);
        var attribute = AttributePath.From(Arg.Or(bound[1], null));
        var items = PyIter.Items(context, value);
        if (items.Length == 0)
        {
            return Undefined.WithHint("No aggregated item, sequence was empty.");
        }

        var best = items[0];
        _ = Key(best);
        foreach (var item in items.Skip(1))
        {
            context.Step();
            var order = PyCompare.Order(Key(item), Key(best), symbol);
            best = (symbol == "<" ? order < 0 : order > 0) ? item : best;
        }

        return best;

        object? Key(object? item) => SortKeys.Fold(attribute is null ? item : attribute.Read(item), caseSensitive);
    }
}
