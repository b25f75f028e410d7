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
    private bool? _isAutomatic;

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
        var inBrackets = false;
        var inSpec = false;
        for (var depth = 1; at < format.Length; at++)
        {
            var c = format[at];
            inBrackets = !inSpec && (inBrackets ? c != ']' : c == '[');
            inSpec |= !inBrackets && c is ':' or '!';
            if (inBrackets)
            {
                continue;
            }

            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (c == '{' && !inSpec)
            {
                throw PyError.Value("unexpected '{' in field name");
            }

            if (depth == 0)
            {
                return at;
            }
        }

        throw PyError.Value("expected '}' before end of string");
    }

    private string Field(string field, int nesting)
    {
        var end = NameEnd(field);
        var path = field[..end];
        var conversion = '\0';
        if (end < field.Length && field[end] == '!')
        {
            conversion = end + 1 < field.Length ? field[end + 1] : throw PyError.Value("end of string while looking for conversion specifier");
            end += 2;
            if (end < field.Length && field[end] != ':')
            {
                throw PyError.Value("expected ':' after conversion specifier");
            }
        }

        var spec = end < field.Length ? field[(end + 1)..] : "";
        var value = Lookup(path);
        value = conversion switch
        {
            '\0' => value,
            's' => PyRepr.Text(value),
            'r' => PyRepr.Repr(value),
            'a' => PyRepr.AsciiRepr(value),
            _ => throw PyError.Value($"Unknown conversion specifier '{conversion}'"),
        };
        spec = spec.AsSpan().IndexOfAny('{', '}') >= 0 ? Run(spec, nesting - 1) : spec;
        return spec.Length == 0 ? PyRepr.Text(value) : FormatSpec.Parse(spec).Format(_context, value);
    }

    // Where the name ends: at a colon or an exclamation mark that is in no brackets.
    private static int NameEnd(string field)
    {
        var inBrackets = false;
        for (var at = 0; at < field.Length; at++)
        {
            if (!inBrackets && field[at] is ':' or '!')
            {
                return at;
            }

            inBrackets = inBrackets ? field[at] != ']' : field[at] == '[';
        }

        return field.Length;
    }

    private object? Lookup(string path)
    {
        var end = path.AsSpan().IndexOfAny('.', '[');
        var first = end < 0 ? path : path[..end];
        var value = first.Length == 0 ? At(Numbered(automatic: true) ? _automatic++ : 0)
            : first.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0 && Numbered(automatic: false) ? At(Index(first))
            : _named(first);
        for (var at = end < 0 ? path.Length : end; at < path.Length;)
        {
            if (path[at] == '.')
            {
                var stop = path.AsSpan(at + 1).IndexOfAny('.', '[');
                stop = stop < 0 ? path.Length : at + 1 + stop;
                value = stop > at + 1
                    ? PyAccess.Attribute(value, path[(at + 1)..stop])
                    : throw PyError.Value("Empty attribute in format string");
                at = stop;
            }
            else if (path[at] == '[')
            {
                var close = path.IndexOf(']', at);
                if (close <= at + 1)
                {
                    throw PyError.Value(close < 0 ? "Missing ']' in format string" : "Empty attribute in format string");
                }

                var key = path[(at + 1)..close];
                value = PyAccess.Item(
                    value, long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Box.Int(number) : key);
                at = close + 1;
            }
            else
            {
                throw PyError.Value("Only '.' or '[' may follow ']' in format field specifier");
            }
        }

        return value;
    }

    private static int Index(string digits) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
        ? index
        : throw PyError.Value("Too many decimal digits in format string");

    // A format numbers all of its fields itself, or none.
    private bool Numbered(bool automatic)
    {
        _isAutomatic ??= automatic;
        return _isAutomatic == automatic
            ? true
            : throw PyError.Value(automatic
                ? "cannot switch from manual field specification to automatic field numbering"
                : "cannot switch from automatic field numbering to manual field specification");
    }

    private object? At(int index) => index < _positional.Length
        ? _positional[index]
        : throw new TemplateRuntimeException("IndexError", $"Replacement index {index} out of range for positional args tuple");
}
