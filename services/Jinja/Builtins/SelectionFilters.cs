using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Builtins;

/// <summary>Filters that apply another filter or test to each item, when the result is walked.</summary>
internal static class SelectionFilters
{
    public static object? Map(RenderContext context, object? value, CallArgs args)
    {
        return new Generator("generator object sync_do_map", Walk());

        // Jinja's own filters are generators: they complain of arguments when they are walked, and only where there is something to walk.
        IEnumerable<object?> Walk()
        {
            if (PyTypes.IsTrue(value))
            {
                var apply = MapFunction(args);
                foreach (var item in Items(context, value))
                {
                    yield return apply(context, item);
                }
            }
        }
    }

    public static object? Select(RenderContext context, object? value, CallArgs args, string name)
    {
        return new Generator("generator object select_or_reject", Walk());

        IEnumerable<object?> Walk()
        {
            if (PyTypes.IsTrue(value))
            {
                var holds = Test(args);
                foreach (var item in Items(context, value))
                {
                    if (holds(context, item) == (name == "select"))
                    {
                        yield return item;
                    }
                }
            }
        }
    }

    public static object? SelectAttribute(RenderContext context, object? value, CallArgs args, string name)
    {
        return new Generator("generator object select_or_reject", Walk());

        IEnumerable<object?> Walk()
        {
            if (!PyTypes.IsTrue(value))
            {
                yield break;
            }

            if (args.Positional.Length == 0)
            {
                throw new TemplateRuntimeException("FilterArgumentError", "Missing parameter for attribute name");
            }

            var attribute = AttributePath.Of(args.Positional[0]);
            var holds = Test(args.Skip(1));
            foreach (var item in Items(context, value))
            {
                if (holds(context, attribute.Read(item)) == (name == "selectattr"))
                {
                    yield return item;
                }
            }
        }
    }

    private static IEnumerable<object?> Items(RenderContext context, object? value)
    {
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
            var attribute = AttributePath.Of(bound[0]);
            return (_, item) => attribute.Read(item, Arg.Or(bound[1], null) ?? Missing.Value);
        }

        if (args.Positional.Length == 0)
        {
            throw new TemplateRuntimeException("FilterArgumentError", "map requires a filter argument");
        }

        var name = PyRepr.Text(args.Positional[0]);
        var filter = FilterTable.Find(name) ?? ((_, _, _) => throw new TemplateRuntimeException("TemplateRuntimeError", $"No filter named '{name}'."));
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
        var test = TestTable.Find(name) ?? ((_, _, _) => throw new TemplateRuntimeException("TemplateRuntimeError", $"No test named '{name}'."));
        var rest = args.Positional.Length == 1 && args.Named.Length == 0 ? CallArgs.Empty : args.Skip(1);
        return (context, item) => context.Apply(test, item, rest);
    }
}
