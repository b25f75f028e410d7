using Atropos.Jinja.Errors;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Formatting;

/// <summary>Python's <c>"…" % values</c>.</summary>
internal sealed class PercentFormatter
{
    private readonly RenderContext _context;
    private readonly string _format;
    private readonly object? _value;
    private readonly object?[] _items;
    private int _next;
    private int _at;

    private PercentFormatter(RenderContext context, string format, object? value)
    {
        _context = context;
        _format = format;
        _value = value;
        _items = value is JinjaTuple tuple ? tuple.Items : [value];
    }

    public static string Format(RenderContext context, string format, object? value) => new PercentFormatter(context, format, value).Run();

    private string Run()
    {
        using var result = new TextBuilder(_context);
        while (_at < _format.Length)
        {
            var c = _format[_at++];
            if (c != '%')
            {
                result.Append(c);
                continue;
            }

            if (_at >= _format.Length)
            {
                throw PyError.Value("incomplete format");
            }

            if (_format[_at] == '%')
            {
                _at++;
                result.Append('%');
                continue;
            }

            result.Append(One());
        }

        return _next < _items.Length && _value is not (JinjaDict or JinjaList or PyRange or Undefined)
            ? throw PyError.Type("not all arguments converted during string formatting")
            : result.ToString();
    }

    private string One()
    {
        object? value = Missing.Value;
        if (_format[_at] == '(')
        {
            var close = Close();
            if (_value is not JinjaDict dict)
            {
                throw PyError.Type("format requires a mapping");
            }

            var key = _format[(_at + 1)..close];
            _next = _items.Length;
            _at = close + 1;
            if (!dict.TryGet(key, out value))
            {
                throw new TemplateRuntimeException("KeyError", PyRepr.Repr(key));
            }
        }

        var spec = new FormatSpec();
        ReadFlags(spec);
        spec.Width = ReadNumber(spec);
        if (_at < _format.Length && _format[_at] == '.')
        {
            _at++;
            spec.Precision = (int)Math.Clamp(ReadNumber(null), 0, 1000);
        }

        if (_at < _format.Length && _format[_at] is 'h' or 'l' or 'L')
        {
            _at++;
        }

        spec.Type = _at < _format.Length ? _format[_at++] : throw PyError.Value("incomplete format");
        if (spec.Type == '%')
        {
            return "%";
        }

        return Apply(spec, ReferenceEquals(value, Missing.Value) ? NextItem() : value);
    }

    // The parenthesis that closes a key, which may hold others in pairs.
    private int Close()
    {
        var depth = 0;
        for (var at = _at; at < _format.Length; at++)
        {
            depth += _format[at] == '(' ? 1 : _format[at] == ')' ? -1 : 0;
            if (depth == 0)
            {
                return at;
            }
        }

        throw PyError.Value("incomplete format key");
    }

    private void ReadFlags(FormatSpec spec)
    {
        for (; _at < _format.Length; _at++)
        {
            switch (_format[_at])
            {
                case '-':
                    (spec.Fill, spec.Align) = (" ", '<');
                    break;
                case '0' when spec.Align != '<':
                    (spec.Fill, spec.Align) = ("0", '=');
                    break;
                case '0':
                    break;
                case '+' or ' ':
                    spec.Sign = spec.Sign == '+' ? '+' : _format[_at];
                    break;
                case '#':
                    spec.IsAlternate = true;
                    break;
                default:
                    return;
            }
        }
    }

    private long ReadNumber(FormatSpec? spec)
    {
        if (_at < _format.Length && _format[_at] == '*')
        {
            _at++;
            var given = PyNumber.RequireLong(NextItem());
            if (given < 0 && spec is not null)
            {
                (spec.Fill, spec.Align) = (" ", '<');
            }

            return spec is null ? Math.Max(0, given) : Math.Abs(given);
        }

        var number = 0L;
        for (; _at < _format.Length && char.IsAsciiDigit(_format[_at]); _at++)
        {
            number = Math.Min((number * 10) + (_format[_at] - '0'), int.MaxValue);
        }

        return number;
    }

    private object? NextItem() => _next < _items.Length ? _items[_next++] : throw PyError.Type("not enough arguments for format string");

    private string Apply(FormatSpec spec, object? value)
    {
        switch (spec.Type)
        {
            case 's' or 'r' or 'a':
                var text = spec.Type switch { 's' => PyRepr.Text(value), 'r' => PyRepr.Repr(value), _ => PyRepr.AsciiRepr(value) };
                var cut = spec.Precision >= 0 && spec.Precision < PyText.Length(text) ? text[..PyText.Offset(text, spec.Precision)] : text;
                return Padding.Pad(_context, cut, spec.Width, " ", spec.Align == '<' ? '<' : '>');
            case 'c' when PyTypes.TryText(value, out var character) && PyText.Length(character) == 1:
                return Padding.Pad(_context, character, spec.Width, " ", spec.Align == '<' ? '<' : '>');
            case 'd' or 'i' or 'u' or 'x' or 'X' or 'o' or 'c':
                Undefined.Reject(value);
                if (!PyNumber.IsNumber(value) || (value is double && spec.Type is not ('d' or 'i' or 'u')))
                {
                    throw PyError.Type($"%{spec.Type} format: a real number is required, not {PyTypes.Name(value)}");
                }

                return spec.FormatInteger(_context, PyNumber.ToBig(value is double number ? PyNumber.Truncate(number) : value!));
            case 'e' or 'E' or 'f' or 'F' or 'g' or 'G':
                Undefined.Reject(value);
                return PyNumber.IsNumber(value)
                    ? spec.FormatFloat(_context, PyNumber.ToDouble(value!))
                    : throw PyError.Type($"must be real number, not {PyTypes.Name(value)}");
            default:
                throw PyError.Value($"unsupported format character '{spec.Type}' (0x{(int)spec.Type:x}) at index {_at - 1}");
        }
    }
}
