using System.Globalization;
using Atropos.Jinja.Errors;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Formatting;

/// <summary>Python's <c>str.format</c>, with the sandbox's rules on attributes.</summary>
internal sealed class StringFormatter
{
    private const int MaxNesting = 2;

    private readonly RenderContext _context;
    private readonly object?[] _positional;
    private readonly Func<string, object?> _named;
    private int _automatic;

    private StringFormatter(RenderContext context, object?[] positional, Func<string, object?> named)
    {
        _context = context;
        _positional = positional;
        _named = named;
    }

    public static string Format(RenderContext context, string format, CallArgs args)
    {
        return new StringFormatter(context, args.Positional, Named).Run(format, MaxNesting);

        object? Named(string name)
        {
            foreach (var (key, value) in args.Named)
            {
                if (key == name)
                {
                    return value;
                }
            }

            throw new TemplateRuntimeException("KeyError", PyRepr.Repr(name));
        }
    }

    public static string FormatMap(RenderContext context, string format, CallArgs args)
    {
        var map = args.Bind("format_map", ["mapping"], 1)[0];
        return new StringFormatter(context, [], Named).Run(format, MaxNesting);

        object? Named(string name) =>
            map is JinjaDict dict && dict.TryGet(name, out var value) ? value : throw new TemplateRuntimeException("KeyError", PyRepr.Repr(name));
    }

    private string Run(string format, int nesting)
    {
        if (nesting == 0)
        {
            throw PyError.Value("Max string recursion exceeded");
        }

        using var result = new TextBuilder(_context);
        for (var at = 0; at < format.Length; at++)
        {
            var c = format[at];
            if (c is not ('{' or '}'))
            {
                result.Append(c);
            }
            else if (at + 1 < format.Length && format[at + 1] == c)
            {
                result.Append(c);
                at++;
            }
            else if (c == '}')
            {
                throw PyError.Value("Single '}' encountered in format string");
            }
            else
            {
                var end = FieldEnd(format, at + 1);
                result.Append(Field(format[(at + 1)..end], nesting));
                at = end;
            }
        }

        return result.ToString();
    }

    private static int FieldEnd(string format, int at)
    {
        for (var depth = 1; at < format.Length; at++)
        {
            depth += format[at] == '{' ? 1 : format[at] == '}' ? -1 : 0;
            if (depth == 0)
            {
                return at;
            }
        }

        throw PyError.Value("expected '}' before end of string");
    }

    private string Field(string field, int nesting)
    {
        var colon = field.IndexOf(':', StringComparison.Ordinal);
        var spec = colon < 0 ? "" : field[(colon + 1)..];
        var name = colon < 0 ? field : field[..colon];
        var mark = name.IndexOf('!', StringComparison.Ordinal);
        var conversion = mark < 0 ? "" : name[(mark + 1)..];
        var value = Lookup(mark < 0 ? name : name[..mark]);
        value = conversion switch
        {
            "" => value,
            "s" => PyRepr.Text(value),
            "r" or "a" => PyRepr.Repr(value),
            _ => throw PyError.Value($"Unknown conversion specifier '{conversion}'"),
        };
        spec = spec.Contains('{', StringComparison.Ordinal) ? Run(spec, nesting - 1) : spec;
        return spec.Length == 0 ? PyRepr.Text(value) : FormatSpec.Parse(spec).Format(_context, value);
    }

    private object? Lookup(string path)
    {
        var end = path.AsSpan().IndexOfAny('.', '[');
        var first = end < 0 ? path : path[..end];
        var value = first.Length == 0 ? At(_automatic++)
            : int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? At(index)
            : _named(first);
        for (var at = end < 0 ? path.Length : end; at < path.Length;)
        {
            if (path[at] == '.')
            {
                var stop = path.AsSpan(at + 1).IndexOfAny('.', '[');
                stop = stop < 0 ? path.Length : at + 1 + stop;
                value = PyAccess.AttributeOnly(value, path[(at + 1)..stop]);
                at = stop;
            }
            else
            {
                var close = path.IndexOf(']', at);
                if (close < 0)
                {
                    throw PyError.Value("Missing ']' in format string");
                }

                var key = path[(at + 1)..close];
                value = PyAccess.Item(
                    value, long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Box.Int(number) : key);
                at = close + 1;
            }
        }

        return value;
    }

    private object? At(int index) => index < _positional.Length
        ? _positional[index]
        : throw new TemplateRuntimeException("IndexError", $"Replacement index {index} out of range for positional args tuple");
}
