using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Builtins;

/// <summary>Filters that apply another filter or test to each item, when the result is walked.</summary>
internal static class SelectionFilters
{
    public static object? Map(RenderContext context, object? value, CallArgs args)
    {
        var apply = MapFunction(args);
        return new Generator("sync_do_map", Items(context, value).Select(item => apply(context, item)));
    }

    public static object? Select(RenderContext context, object? value, CallArgs args, string name)
    {
        var wanted = name == "select";
        var holds = Test(args);
        return new Generator("select_or_reject", Items(context, value).Where(item => holds(context, item) == wanted));
    }

    public static object? SelectAttribute(RenderContext context, object? value, CallArgs args, string name)
    {
        if (args.Positional.Length == 0)
        {
            throw new TemplateRuntimeException("FilterArgumentError", "Missing parameter for attribute name");
        }

        var wanted = name == "selectattr";
        var attribute = AttributePath.From(args.Positional[0])!;
        var holds = Test(args.Skip(1));
        return new Generator("select_or_reject", Items(context, value).Where(item => holds(context, attribute.Read(item)) == wanted));
    }

    private static IEnumerable<object?> Items(RenderContext context, object? value)
    {
        // Falsy values, None among them, give nothing and no error.
        if (!PyTypes.IsTrue(value))
        {
            yield break;
        }

        foreach (var item in PyIter.Items(context, value))
        {
            context.Step();
            yield return item;
        }
    }

    private static Func<RenderContext, object?, object?> MapFunction(CallArgs args)
    {
        if (args.Positional.Length == 0 && args.Named.Any(pair => pair.Key == "attribute"))
        {
            var bound = args.Bind("map", ["attribute", "default"]);
            var attribute = AttributePath.From(bound[0])!;
            return (_, item) => attribute.Read(item, Arg.Or(bound[1], null) ?? Missing.Value);
        }

        if (args.Positional.Length == 0)
        {
            throw new TemplateRuntimeException("FilterArgumentError", "map requires a filter argument");
        }

        var name = PyRepr.Text(args.Positional[0]);
        var filter = FilterTable.Find(name) ?? throw new TemplateRuntimeException("TemplateRuntimeError", $"No filter named '{name}'.");
        var rest = args.Positional.Length == 1 && args.Named.Length == 0 ? CallArgs.Empty : args.Skip(1);
        return (context, item) => context.Apply(filter, item, rest);
    }

    private static Func<RenderContext, object?, bool> Test(CallArgs args)
    {
        if (args.Positional.Length == 0)
        {
            return (_, item) => PyTypes.IsTrue(item);
        }

        var name = PyRepr.Text(args.Positional[0]);
        var test = TestTable.Find(name) ?? throw new TemplateRuntimeException("TemplateRuntimeError", $"No test named '{name}'.");
        var rest = args.Positional.Length == 1 && args.Named.Length == 0 ? CallArgs.Empty : args.Skip(1);
        return (context, item) => context.Apply(test, item, rest);
    }
}
