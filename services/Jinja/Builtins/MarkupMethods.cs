using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Builtins;

/// <summary>Methods of safe text: those of str, with text arguments escaped and text results safe again.</summary>
internal static class MarkupMethods
{
    public static BuiltinMethod? Find(string name) =>
        StringMethods.All.TryGetValue(name, out var method) ? (context, self, args) => Call(context, (Markup)self, args, name, method) : null;

    private static object? Call(RenderContext context, Markup self, CallArgs args, string name, BuiltinMethod method)
    {
        // markupsafe escapes the arguments of these alone; the others only look for what they are given.
        var escapes = name is "join" or "format" or "replace" or "format_map";
        var result = method(context, self.Value, escapes ? Escape(context, args, name) : args);
        return Wrap(result);
    }

    private static CallArgs Escape(RenderContext context, CallArgs args, string name) => new(
        Array.ConvertAll(args.Positional, value => Escape(context, value, name)),
        Array.ConvertAll(args.Named, pair => new KeyValuePair<string, object?>(pair.Key, Escape(context, pair.Value, name))));

    private static object? Escape(RenderContext context, object? value, string name) => value switch
    {
        string text => Markup.Escape(text),
        Markup markup => markup.Value,
        _ when name == "join" => new JinjaList(Array.ConvertAll(PyIter.Items(context, value), item => Escape(context, item, ""))),
        _ => value,
    };

    private static object? Wrap(object? value) => value switch
    {
        string text => new Markup(text),
        JinjaList list => new JinjaList(Array.ConvertAll(list.Items, Wrap)),
        JinjaTuple tuple => new JinjaTuple(Array.ConvertAll(tuple.Items, Wrap)),
        _ => value,
    };
}
