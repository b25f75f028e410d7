using Atropos.Jinja.Errors;
using Atropos.Jinja.Formatting;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Builtins;

/// <summary>Filters on text.</summary>
internal static class TextFilters
{
    public static object? Capitalize(RenderContext context, object? value, CallArgs args) =>
        Convert(context, value, args, "capitalize", PyCase.Capitalize);

    public static object? Lower(RenderContext context, object? value, CallArgs args) => Convert(context, value, args, "lower", PyCase.Lower);

    public static object? Upper(RenderContext context, object? value, CallArgs args) => Convert(context, value, args, "upper", PyCase.Upper);

    public static object? Title(RenderContext context, object? value, CallArgs args) => Convert(context, value, args, "title", TitleWords);

    public static object? String(RenderContext context, object? value, CallArgs args)
    {
        if (args != CallArgs.Empty)
        {
            args.RequireNone("string");
        }

        return value is string or Markup ? value : Made(context, PyRepr.Text(value));
    }

    public static object? Trim(RenderContext context, object? value, CallArgs args)
    {
        var characters = args == CallArgs.Empty ? null : Arg.Text(args.Bind("trim", ["chars"])[0], "strip");
        var text = PyRepr.Text(value);
        context.Charge(text.Length / 16);
        return Like(value, PyText.Strip(text, characters));
    }

    public static object? Center(RenderContext context, object? value, CallArgs args)
    {
        var width = Arg.Int(args.Bind("center", ["width"])[0], 80);
        return Like(value, Padding.Pad(context, PyRepr.Text(value), width, " ", '^', centerLeft: true));
    }

    public static object? Format(RenderContext context, object? value, CallArgs args)
    {
        if (args.Positional.Length > 0 && args.Named.Length > 0)
        {
            throw new TemplateRuntimeException("FilterArgumentError", "can't handle positional and keyword arguments at the same time");
        }

        var values = new JinjaDict(args.Named.Length);
        foreach (var (name, item) in args.Named)
        {
            values.Set(name, item);
        }

        return PyOperators.Modulo(
            context, value is Markup ? value : PyRepr.Text(value), args.Named.Length > 0 ? values : new JinjaTuple(args.Positional));
    }

    public static object? Indent(RenderContext context, object? value, CallArgs args)
    {
        var bound = args.Bind("indent", ["width", "first", "blank"]);
        var width = Arg.Or(bound[0], Box.Int(4));
        var indention = PyTypes.TryText(width, out var text)
            ? text
            : Padding.Pad(context, "", PyNumber.RequireLong(width), " ", '<');
        var source = Plain(value);
        var lines = StringSplitter.Lines(source + "\n", keepEnds: false);
        var blank = Arg.Flag(bound[2]);
        context.ChargeText(((Int128)indention.Length * lines.Count) + source.Length);
        using var result = new TextBuilder(context);
        result.Append(Arg.Flag(bound[1]) ? indention : "");
        result.Append(lines[0]);
        foreach (var line in lines.Skip(1))
        {
            result.Append('\n');
            result.Append(blank || line.Length > 0 ? indention : "");
            result.Append(line);
        }

        return Like(value, result.ToString());
    }

    public static object? Replace(RenderContext context, object? value, CallArgs args)
    {
        var bound = args.Bind("replace", ["old", "new", "count"], 2);
        var count = bound[2] is null ? -1 : Arg.Int(bound[2], -1);
        var (old, replacement) = (PyRepr.Text(bound[0]), PyRepr.Text(bound[1]));
        if (context.AutoEscape && value is Markup)
        {
            replacement = bound[1] is Markup ? replacement : Markup.Escape(replacement);
        }

        var result = StringSplitter.Replace(context, PyRepr.Text(value), old, replacement, count);
        return context.AutoEscape ? Like(value, result) : result;
    }

    public static object? Truncate(RenderContext context, object? value, CallArgs args)
    {
        var bound = args.Bind("truncate", ["length", "killwords", "end", "leeway"]);
        var length = Arg.Or(bound[0], Box.Int(255));
        var end = Arg.Or(bound[2], "...");
        var leeway = Arg.Or(bound[3], null) ?? Box.Int(5);
        var zero = Box.Int(0);
        var keep = PyOperators.Subtract(length, Box.Int(PyIter.Length(end)));
        if (PyCompare.Order(keep, zero, ">=") is not >= 0 || PyCompare.Order(leeway, zero, ">=") is not >= 0)
        {
            throw new TemplateRuntimeException("AssertionError", $"expected length >= {PyIter.Length(end)} and leeway >= 0");
        }

        if (PyCompare.Order(Box.Int(PyIter.Length(value)), PyOperators.Add(context, length, leeway), "<=") is <= 0)
        {
            return value;
        }

        var text = Plain(value);
        var cut = (string)PyAccess.Slice(context, text, null, keep, null)!;
        var space = cut.LastIndexOf(' ');
        return Like(value, (Arg.Flag(bound[1]) || space < 0 ? cut : cut[..space]) + Plain(end));
    }

    public static object? WordCount(RenderContext _, object? value, CallArgs args)
    {
        args.RequireNone("wordcount");
        var count = 0;
        var inside = false;
        foreach (var rune in PyRepr.Text(value).EnumerateRunes())
        {
            var word = PyText.IsWord(rune);
            count += word && !inside ? 1 : 0;
            inside = word;
        }

        return Box.Int(count);
    }

    public static object? WordWrap(RenderContext context, object? value, CallArgs args)
    {
        var bound = args.Bind("wordwrap", ["width", "break_long_words", "wrapstring", "break_on_hyphens"]);
        var width = PyNumber.RequireLong(Arg.Or(bound[0], Box.Int(79)));
        var separator = Arg.Text(bound[2], "wordwrap") ?? "\n";
        var first = true;
        using var result = new TextBuilder(context);
        foreach (var line in StringSplitter.Lines(Plain(value), keepEnds: false))
        {
            foreach (var part in TextWrapper.Wrap(context, line, width, Arg.Flag(bound[1], true), Arg.Flag(bound[3], true)).DefaultIfEmpty(""))
            {
                result.Append(first ? "" : separator);
                result.Append(part);
                first = false;
            }
        }

        return result.ToString();
    }

    public static object? PrettyPrint(RenderContext context, object? value, CallArgs args)
    {
        args.RequireNone("pprint");
        return Made(context, PrettyPrinter.Format(context, value));
    }

    public static object? ToJson(RenderContext context, object? value, CallArgs args)
    {
        if (args == CallArgs.Empty)
        {
            return PyJson.Dump(context, value, ensureAscii: false, indent: null, separators: null, sortKeys: false);
        }

        var bound = args.Bind("tojson", ["ensure_ascii", "indent", "separators", "sort_keys"]);
        // A text by itself does not come to where it would be indented.
        var indent = PyTypes.TryText(value, out _) ? null : Arg.Or(bound[1], null);
        var text = indent is null ? null
            : PyTypes.TryText(indent, out var given) ? given
            : Padding.Pad(context, "", PyNumber.RequireLong(indent), " ", '<');
        (string, string)? separators = null;
        if (Arg.Or(bound[2], null) is { } pair)
        {
            var items = PyIter.Items(context, pair);
            separators = items.Length != 2 ? throw PyError.Value("separators must be a pair")
                : PyTypes.TryText(value, out _) ? null
                : (Arg.RequireText(items[0], "separators"), Arg.RequireText(items[1], "separators"));
        }

        return PyJson.Dump(context, value, Arg.Flag(bound[0]), text, separators, Arg.Flag(bound[3]));
    }

    private static object? Convert(RenderContext context, object? value, CallArgs args, string name, Func<string, string> convert)
    {
        if (args != CallArgs.Empty)
        {
            args.RequireNone(name);
        }

        var text = PyRepr.Text(value);
        context.Charge(text.Length / 16);
        return Like(value, convert(text));
    }

    private static string TitleWords(string text)
    {
        using var result = new TextBuilder(Budget.Current);
        for (var start = 0; start < text.Length;)
        {
            var end = start;
            while (end < text.Length && !BeginsWord(text[end]))
            {
                end++;
            }

            var first = end > start ? PyText.Width(text, start) : 0;
            Budget.Current?.ChargeParts(2, 2L * (end - start));
            result.Append(PyCase.Upper(text.Substring(start, first)));
            result.Append(PyCase.Lower(text[(start + first)..end]));
            for (start = end; start < text.Length && BeginsWord(text[start]); start++)
            {
                result.Append(text[start]);
            }
        }

        return result.ToString();
    }

    private static bool BeginsWord(char c) => PyText.IsSpace(c) || c is '-' or '(' or '{' or '[' or '<';

    /// <summary>The text of a value that has to be one, and not only to print as one.</summary>
    private static string Plain(object? value)
    {
        Undefined.Reject(value);
        return PyTypes.TryText(value, out var text) ? text : throw PyError.Type($"expected str instance, {PyTypes.Name(value)} found");
    }

    /// <summary>Text that is safe where the value it was made from is.</summary>
    private static object Like(object? value, string text) => value is Markup ? new Markup(text) : text;

    private static string Made(RenderContext context, string text)
    {
        context.ChargeText(text.Length);
        return text;
    }
}
