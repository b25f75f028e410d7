using Atropos.Jinja.Errors;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Builtins;

/// <summary>Searching in str, with positions in code points.</summary>
internal static class StringSearch
{
    public static long Find(string text, CallArgs args, string name, bool last)
    {
        var bound = args.Bind(name, ["sub", "start", "end"], 1);
        var part = Arg.RequireText(bound[0], name);
        if (Bounds(text, bound[1], bound[2]) is not { } range)
        {
            return -1;
        }

        var window = text.AsSpan(range.From, range.To - range.From);
        var at = last ? TextSearch.LastIndexOf(window, part) : TextSearch.IndexOf(window, part);
        return at < 0 ? -1 : PyText.CodePointAt(text, range.From + at);
    }

    public static long Index(string text, CallArgs args, string name, bool last)
    {
        var at = Find(text, args, name, last);
        return at >= 0 ? at : throw PyError.Value("substring not found");
    }

    public static long Count(string text, CallArgs args)
    {
        var bound = args.Bind("count", ["sub", "start", "end"], 1);
        var part = Arg.RequireText(bound[0], "count");
        if (Bounds(text, bound[1], bound[2]) is not { } range)
        {
            return 0;
        }

        var window = text[range.From..range.To];
        return part.Length == 0 ? PyText.Length(window) + 1 : TextSearch.Count(window, part);
    }

    /// <summary>UTF-16 offsets of a start and end given in code points; null where the start is past the end.</summary>
    public static (int From, int To)? Bounds(string text, object? start, object? end)
    {
        var length = PyText.Length(text);
        var from = Clamp(start, 0, length);
        var to = Math.Min(Clamp(end, length, length), length);
        return from > to ? null : (PyText.Offset(text, (int)from), PyText.Offset(text, (int)to));
    }

    private static long Clamp(object? value, long fallback, long length)
    {
        var index = Arg.IsGiven(value) && value is not null ? PyNumber.RequireLong(value) : fallback;
        return index < 0 ? Math.Max(0, index + length) : index;
    }
}
