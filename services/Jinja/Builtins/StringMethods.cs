using System.Collections.Frozen;
using System.Text;
using Atropos.Jinja.Errors;
using Atropos.Jinja.Formatting;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Builtins;

/// <summary>Methods of str.</summary>
internal static class StringMethods
{
    public static readonly FrozenDictionary<string, BuiltinMethod> All = new Dictionary<string, BuiltinMethod>
    {
        ["upper"] = Plain(PyCase.Upper),
        ["lower"] = Plain(PyCase.Lower),
        ["casefold"] = Plain(PyCase.Fold),
        ["capitalize"] = Plain(PyCase.Capitalize),
        ["title"] = Plain(PyCase.Title),
        ["swapcase"] = Plain(PyCase.Swap),
        ["strip"] = Strip(true, true),
        ["lstrip"] = Strip(true, false),
        ["rstrip"] = Strip(false, true),
        ["split"] = (context, self, args) => Split(context, (string)self, args, fromRight: false),
        ["rsplit"] = (context, self, args) => Split(context, (string)self, args, fromRight: true),
        ["splitlines"] = SplitLines,
        ["partition"] = (_, self, args) => Partition((string)self, args, last: false),
        ["rpartition"] = (_, self, args) => Partition((string)self, args, last: true),
        ["join"] = Join,
        ["replace"] = Replace,
        ["startswith"] = (_, self, args) => AtEnd((string)self, args, "startswith", (text, part) => text.StartsWith(part, StringComparison.Ordinal)),
        ["endswith"] = (_, self, args) => AtEnd((string)self, args, "endswith", (text, part) => text.EndsWith(part, StringComparison.Ordinal)),
        ["find"] = (_, self, args) => Box.Int(StringSearch.Find((string)self, args, "find", last: false)),
        ["rfind"] = (_, self, args) => Box.Int(StringSearch.Find((string)self, args, "rfind", last: true)),
        ["index"] = (_, self, args) => Box.Int(StringSearch.Index((string)self, args, "index", last: false)),
        ["rindex"] = (_, self, args) => Box.Int(StringSearch.Index((string)self, args, "rindex", last: true)),
        ["count"] = (_, self, args) => Box.Int(StringSearch.Count((string)self, args)),
        ["format"] = (context, self, args) => StringFormatter.Format(context, (string)self, args),
        ["format_map"] = (context, self, args) => StringFormatter.FormatMap(context, (string)self, args),
        ["removeprefix"] = (_, self, args) => RemoveEnd((string)self, args, "removeprefix", prefix: true),
        ["removesuffix"] = (_, self, args) => RemoveEnd((string)self, args, "removesuffix", prefix: false),
        ["ljust"] = (context, self, args) => Pad(context, (string)self, args, "ljust", '<'),
        ["rjust"] = (context, self, args) => Pad(context, (string)self, args, "rjust", '>'),
        ["center"] = (context, self, args) => Pad(context, (string)self, args, "center", '^'),
        ["zfill"] = ZeroFill,
        ["expandtabs"] = ExpandTabs,
        ["translate"] = Translate,
        ["isalpha"] = StringPredicates.All["isalpha"],
        ["isdigit"] = StringPredicates.All["isdigit"],
        ["isdecimal"] = StringPredicates.All["isdecimal"],
        ["isnumeric"] = StringPredicates.All["isnumeric"],
        ["isalnum"] = StringPredicates.All["isalnum"],
        ["isspace"] = StringPredicates.All["isspace"],
        ["isupper"] = StringPredicates.All["isupper"],
        ["islower"] = StringPredicates.All["islower"],
        ["istitle"] = StringPredicates.All["istitle"],
        ["isascii"] = StringPredicates.All["isascii"],
        ["isprintable"] = StringPredicates.All["isprintable"],
        ["isidentifier"] = StringPredicates.All["isidentifier"],
    }.ToFrozenDictionary();

    private static BuiltinMethod Plain(Func<string, string> convert) => (context, self, args) =>
    {
        if (args != CallArgs.Empty)
        {
            args.RequireNone("str method");
        }

        var text = (string)self;
        context.Charge(text.Length / 16);
        return convert(text);
    };

    private static BuiltinMethod Strip(bool left, bool right) => (context, self, args) =>
    {
        var text = (string)self;
        context.Charge(text.Length / 16);
        var characters = args == CallArgs.Empty ? null : args.OnlyText ?? Arg.Text(args.Bind("strip", ["chars"])[0], "strip");
        return PyText.Strip(text, characters, left, right);
    };

    private static JinjaList Split(RenderContext context, string text, CallArgs args, bool fromRight)
    {
        var separator = args.OnlyText;
        var most = -1L;
        if (separator is null)
        {
            var bound = args.Bind("split", ["sep", "maxsplit"]);
            separator = Arg.Text(bound[0], "split");
            most = Arg.Int(bound[1], -1);
        }

        if (separator is { Length: 0 })
        {
            throw PyError.Value("empty separator");
        }

        context.Charge(text.Length / 4);
        if (separator is not null && TextSearch.IndexOf(text, separator) < 0)
        {
            context.ChargeParts(1, 0);
            return new JinjaList(text);
        }

        var parts = StringSplitter.Split(text, separator, most < 0 ? int.MaxValue : most, fromRight);
        return new JinjaList(parts.ToArray<object?>());
    }

    private static JinjaList SplitLines(RenderContext context, object self, CallArgs args)
    {
        var keepEnds = Arg.Int(args.Bind("splitlines", ["keepends"])[0], 0) != 0;
        context.Charge(((string)self).Length / 4);
        return new JinjaList(StringSplitter.Lines((string)self, keepEnds).ToArray<object?>());
    }

    private static JinjaTuple Partition(string text, CallArgs args, bool last)
    {
        var separator = Arg.RequireText(args.Bind("partition", ["sep"], 1)[0], "partition");
        if (separator.Length == 0)
        {
            throw PyError.Value("empty separator");
        }

        var at = last ? TextSearch.LastIndexOf(text, separator) : TextSearch.IndexOf(text, separator);
        return at >= 0 ? new JinjaTuple(text[..at], separator, text[(at + separator.Length)..])
            : last ? new JinjaTuple("", "", text)
            : new JinjaTuple(text, "", "");
    }

    private static string Join(RenderContext context, object self, CallArgs args)
    {
        var items = PyIter.Items(context, args.Bind("join", ["iterable"], 1)[0]);
        var texts = new string[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            texts[i] = PyTypes.TryText(items[i], out var text)
                ? text
                : throw PyError.Type($"sequence item {i}: expected str instance, {PyTypes.Name(items[i])} found");
        }

        var separator = (string)self;
        context.ChargeText(texts.Sum(text => (long)text.Length) + ((long)separator.Length * texts.Length));
        return string.Join(separator, texts);
    }

    private static string Replace(RenderContext context, object self, CallArgs args)
    {
        var bound = args.Bind("replace", ["old", "new", "count"], 2);
        return StringSplitter.Replace(
            context, (string)self, Arg.RequireText(bound[0], "replace"), Arg.RequireText(bound[1], "replace"), Arg.Int(bound[2], -1));
    }

    private static object AtEnd(string text, CallArgs args, string name, Func<string, string, bool> matches)
    {
        var bound = args.Bind(name, ["prefix", "start", "end"], 1);
        Undefined.Reject(bound[0]);
        if (bound[0] is not JinjaTuple && !PyTypes.TryText(bound[0], out _))
        {
            throw PyError.Type($"{name} first arg must be str or a tuple of str, not {PyTypes.Name(bound[0])}");
        }

        if (Arg.IsGiven(bound[1]) || Arg.IsGiven(bound[2]))
        {
            var range = StringSearch.Bounds(text, bound[1], bound[2]);
            if (range is not { } bounds)
            {
                return Box.False;
            }

            text = text[bounds.From..bounds.To];
        }

        if (bound[0] is JinjaTuple tuple)
        {
            return Box.Bool(tuple.Items.Any(item => matches(text, Arg.RequireText(item, name))));
        }

        return Box.Bool(matches(text, PyRepr.Text(bound[0])));
    }

    private static string RemoveEnd(string text, CallArgs args, string name, bool prefix)
    {
        var part = Arg.RequireText(args.Bind(name, [name], 1)[0], name);
        return prefix
            ? text.StartsWith(part, StringComparison.Ordinal) ? text[part.Length..] : text
            : text.EndsWith(part, StringComparison.Ordinal) ? text[..^part.Length] : text;
    }

    private static string Pad(RenderContext context, string text, CallArgs args, string name, char align)
    {
        var bound = args.Bind(name, ["width", "fillchar"], 1);
        var fill = Arg.RequireText(Arg.Or(bound[1], " "), name);
        return PyText.Length(fill) == 1
            ? Padding.Pad(context, text, Arg.Int(bound[0], 0), fill, align, centerLeft: true)
            : throw PyError.Type("The fill character must be exactly one character long");
    }

    private static string ZeroFill(RenderContext context, object self, CallArgs args)
    {
        var text = (string)self;
        var width = Arg.Int(args.Bind("zfill", ["width"], 1)[0], 0);
        var sign = text.Length > 0 && text[0] is '+' or '-' ? 1 : 0;
        return text[..sign] + Padding.Pad(context, text[sign..], width - sign, "0", '>');
    }

    private static string Translate(RenderContext context, object self, CallArgs args)
    {
        var table = args.Bind("translate", ["table"], 1)[0];
        using var result = new TextBuilder(context);
        foreach (var rune in ((string)self).EnumerateRunes())
        {
            context.Step();
            object? mapped = table switch
            {
                JinjaDict dict => dict.TryGet(Box.Int(rune.Value), out var value) ? value : Missing.Value,
                JinjaSequence sequence => rune.Value < sequence.Count ? sequence.Items[rune.Value] : Missing.Value,
                _ => throw PyError.Type($"'{PyTypes.Name(table)}' object is not subscriptable"),
            };
            result.Append(mapped switch
            {
                null => "",
                Missing => rune.ToString(),
                _ when PyTypes.TryText(mapped, out var text) => text,
                _ when PyNumber.TryLong(mapped, out var code) && Rune.IsValid((int)Math.Clamp(code, -1, int.MaxValue)) => new Rune((int)code).ToString(),
                _ => throw PyError.Type("character mapping must return integer, None or str"),
            });
        }

        return result.ToString();
    }

    private static string ExpandTabs(RenderContext context, object self, CallArgs args)
    {
        var size = (int)Math.Clamp(Arg.Int(args.Bind("expandtabs", ["tabsize"])[0], 8), 0, 1024);
        using var result = new TextBuilder(context);
        var column = 0;
        foreach (var c in (string)self)
        {
            var width = c == '\t' ? (size == 0 ? 0 : size - (column % size)) : 1;
            result.Append(c == '\t' ? ' ' : c, width);
            column = c is '\n' or '\r' ? 0 : column + width;
        }

        return result.ToString();
    }
}
