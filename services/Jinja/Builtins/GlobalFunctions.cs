using System.Collections.Frozen;
using Atropos.Jinja.Errors;
using Atropos.Jinja.Formatting;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Builtins;

/// <summary>The functions that every template has.</summary>
internal static class GlobalFunctions
{
    public static readonly FrozenDictionary<string, object?> All = new Dictionary<string, object?>
    {
        ["range"] = new BuiltinFunction("range", Range, "<class 'range'>"),
        ["dict"] = new BuiltinFunction("dict", Dict, "<class 'dict'>"),
        ["namespace"] = new BuiltinFunction(
            "namespace", (context, args) => new NamespaceValue(Dict(context, args)), "<class 'jinja2.utils.Namespace'>"),
        ["cycler"] = new BuiltinFunction("cycler", MakeCycler, "<class 'jinja2.utils.Cycler'>"),
        ["joiner"] = new BuiltinFunction(
            "joiner", (_, args) => new Joiner(Arg.Or(args.Bind("joiner", ["sep"])[0], ", ")), "<class 'jinja2.utils.Joiner'>"),
        ["lipsum"] = new BuiltinFunction("generate_lorem_ipsum", Lipsum),
        ["raise_exception"] = new BuiltinFunction("raise_exception", Raise),
        ["strftime_now"] = new BuiltinFunction("strftime_now", StrftimeNow),
        ["self"] = TemplateReference.Instance,
    }.ToFrozenDictionary();

    private static PyRange Range(RenderContext context, CallArgs args)
    {
        if (args.Named.Length > 0 || args.Positional.Length is 0 or > 3)
        {
            throw PyError.Type($"range expected 1 to 3 arguments, got {args.Positional.Length}");
        }

        if (args.Positional.Any(number => number is System.Numerics.BigInteger))
        {
            throw new TemplateLimitException(nameof(TemplateLimits.MaxRangeSize), "Range too big: its numbers have more than 64 bits.");
        }

        var numbers = Array.ConvertAll(args.Positional, PyNumber.RequireLong);
        var (start, stop) = numbers.Length == 1 ? (0, numbers[0]) : (numbers[0], numbers[1]);
        var step = numbers.Length == 3 ? numbers[2] : 1;
        if (step == 0)
        {
            throw PyError.Value("range() arg 3 must not be zero");
        }

        if (PyRange.Count(start, stop, step) > context.Limits.MaxRangeSize)
        {
            throw new TemplateLimitException(
                nameof(TemplateLimits.MaxRangeSize),
                $"Range too big. The sandbox blocks ranges larger than MAX_RANGE ({context.Limits.MaxRangeSize}).");
        }

        return new PyRange(start, stop, step);
    }

    private static JinjaDict Dict(RenderContext context, CallArgs args)
    {
        var dict = new JinjaDict(args.Named.Length);
        if (args.Positional.Length > 1)
        {
            throw PyError.Type($"dict expected at most 1 argument, got {args.Positional.Length}");
        }

        if (args.Positional.Length == 1)
        {
            CopyInto(context, dict, args.Positional[0]);
        }

        foreach (var (name, value) in args.Named)
        {
            dict.Set(name, value);
        }

        return dict;
    }

    private static void CopyInto(RenderContext context, JinjaDict target, object? source)
    {
        Undefined.Reject(source);
        if (source is JinjaDict dict)
        {
            context.ChargeObjects(8L * dict.Count);
            for (var i = 0; i < dict.Count; i++)
            {
                target.Set(dict.Keys[i], dict.Values[i]);
            }

            return;
        }

        foreach (var pair in PyIter.Items(context, source))
        {
            var items = PyIter.Items(context, pair);
            if (items.Length != 2)
            {
                throw PyError.Value($"dictionary update sequence element has length {items.Length}; 2 is required");
            }

            context.ChargeObjects(8);
            target.Set(items[0], items[1]);
        }
    }

    private static Cycler MakeCycler(RenderContext context, CallArgs args) =>
        args.Named.Length > 0 ? throw PyError.Type($"Cycler.__init__() got an unexpected keyword argument '{args.Named[0].Key}'")
        : args.Positional.Length == 0 ? throw PyError.Runtime("at least one item has to be provided") : new Cycler(args.Positional);

    private static object? Raise(RenderContext context, CallArgs args) =>
        throw new TemplateRaisedException(PyRepr.Text(args.Bind("raise_exception", ["message"], 1)[0]));

    private static string StrftimeNow(RenderContext context, CallArgs args)
    {
        var format = Arg.RequireText(args.Bind("strftime_now", ["format"], 1)[0], "strftime");
        return Strftime.Format(context.TimeProvider.GetLocalNow().DateTime, format);
    }

    private static string Lipsum(RenderContext context, CallArgs args)
    {
        var bound = args.Bind("lipsum", ["n", "html", "min", "max"]);
        var count = Math.Clamp(Arg.Int(bound[0], 5), 0, 100);
        const string Paragraph = "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore.";
        var html = Arg.Flag(bound[1], fallback: true);
        var paragraphs = Enumerable.Repeat(html ? $"<p>{Paragraph}</p>" : Paragraph, (int)count);
        return string.Join(html ? "\n" : "\n\n", paragraphs);
    }
}
