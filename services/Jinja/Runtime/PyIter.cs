using Atropos.Jinja.Errors;

namespace Atropos.Jinja.Runtime;

/// <summary>Iteration and length of any value.</summary>
internal static class PyIter
{
    /// <summary>The items of <paramref name="value"/>; the array may be the value's own and must not be changed.</summary>
    public static object?[] Items(RenderContext context, object? value)
    {
        switch (value)
        {
            case JinjaSequence sequence:
                return sequence.Items;
            case JinjaDict dict:
                context.ChargeObjects(dict.Count);
                return dict.Keys.ToArray();
            case string or Markup:
                PyTypes.TryText(value, out var text);
                context.Charge(text!.Length);
                return PyText.Characters(text);
            case DictView view:
                context.ChargeParts(view.Length ?? 0, 0);
                return view.ToArray();
            case PyObject other when other.Iterate() is { } items:
                return Collect(context, items);
            default:
                throw PyError.Type($"'{PyTypes.Name(value)}' object is not iterable");
        }
    }

    public static JinjaList ToList(RenderContext context, object? value) => new(Items(context, value));

    public static object?[] Collect(RenderContext context, IEnumerable<object?> items)
    {
        // A generator over a generator over ... is walked by recursion.
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        var list = new List<object?>();
        foreach (var item in items)
        {
            context.Step();
            context.ChargeMemory(4 * IntPtr.Size);
            list.Add(item);
        }

        return list.ToArray();
    }

    public static long Length(object? value) => value switch
    {
        string text => PyText.Length(text),
        JinjaSequence sequence => sequence.Count,
        JinjaDict dict => dict.Count,
        Markup markup => PyText.Length(markup.Value),
        PyObject { Length: { } length } => length,
        _ => throw PyError.Type($"object of type '{PyTypes.Name(value)}' has no len()"),
    };

    public static bool IsIterable(object? value) =>
        value is string or Markup or JinjaSequence or JinjaDict || (value is PyObject other && other.Iterate() is not null);
}
