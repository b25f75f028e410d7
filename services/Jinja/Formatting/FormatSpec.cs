using System.Globalization;
using System.Numerics;
using System.Text;
using Atropos.Jinja.Errors;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Formatting;

/// <summary>Python's format specification: <c>[[fill]align][sign][#][0][width][grouping][.precision][type]</c>.</summary>
internal sealed class FormatSpec
{
    /// <summary>A format may ask for no more digits than this; a hostile one asks for millions.</summary>
    private const int MaxPrecision = 1000;

    public string Fill { get; set; } = " ";

    public char Align { get; set; }

    public char Sign { get; set; } = '-';

    public bool IsAlternate { get; set; }

    public long Width { get; set; }

    public char Grouping { get; set; }

    public int Precision { get; set; } = -1;

    public char Type { get; set; }

    public static FormatSpec Parse(string text)
    {
        var spec = new FormatSpec();
        var at = 0;
        var fillWidth = text.Length > 0 ? PyText.Width(text, 0) : 0;
        if (text.Length > fillWidth && text[fillWidth] is '<' or '>' or '^' or '=')
        {
            (spec.Fill, spec.Align) = (text[..fillWidth], text[fillWidth]);
            at = fillWidth + 1;
        }
        else if (text.Length > 0 && text[0] is '<' or '>' or '^' or '=')
        {
            spec.Align = text[at++];
        }

        spec.Sign = at < text.Length && text[at] is '+' or '-' or ' ' ? text[at++] : '-';
        spec.IsAlternate = Skip(text, ref at, '#');
        if (Skip(text, ref at, '0') && spec.Align == '\0')
        {
            (spec.Fill, spec.Align) = ("0", '=');
        }

        spec.Width = Math.Max(0, Digits(text, ref at));
        spec.Grouping = at < text.Length && text[at] is ',' or '_' ? text[at++] : '\0';
        if (Skip(text, ref at, '.'))
        {
            var precision = Digits(text, ref at);
            spec.Precision = precision is >= 0 and <= MaxPrecision ? (int)precision : throw PyError.Value("Format specifier missing precision");
        }

        spec.Type = at < text.Length ? text[at++] : '\0';
        return at == text.Length ? spec : throw PyError.Value($"Invalid format specifier '{text}'");
    }

    /// <summary>Formats a value as Python's <c>format(value, spec)</c>.</summary>
    public string Format(RenderContext context, object? value)
    {
        if (PyTypes.TryText(value, out var text))
        {
            if (Type is not ('\0' or 's') || Align == '=')
            {
                throw PyError.Value($"Unknown format code '{Type}' for object of type 'str'");
            }

            var cut = Precision >= 0 && Precision < PyText.Length(text) ? text[..PyText.Offset(text, Precision)] : text;
            return Padding.Pad(context, cut, Width, Fill, Align == '\0' ? '<' : Align);
        }

        if (!PyNumber.IsNumber(value))
        {
            throw PyError.Type($"unsupported format string passed to {PyTypes.Name(value)}.__format__");
        }

        if (value is bool && Type == '\0')
        {
            return Padding.Pad(context, PyRepr.Text(value), Width, Fill, Align is '\0' or '=' ? '>' : Align);
        }

        var isFloat = value is double || Type is 'e' or 'E' or 'f' or 'F' or 'g' or 'G' or '%';
        return isFloat ? FormatFloat(context, PyNumber.ToDouble(value!)) : FormatInteger(context, PyNumber.ToBig(value!));
    }

    public string FormatInteger(RenderContext context, BigInteger number)
    {
        var magnitude = BigInteger.Abs(number);
        var (digits, prefix) = Type switch
        {
            '\0' or 'd' or 'n' or 'i' or 'u' => (magnitude.ToString(CultureInfo.InvariantCulture), ""),
            'x' => (Radix(magnitude, 16), "0x"),
            'X' => (Radix(magnitude, 16).ToUpperInvariant(), "0X"),
            'o' => (Radix(magnitude, 8), "0o"),
            'b' => (Radix(magnitude, 2), "0b"),
            'c' => (char.ConvertFromUtf32((int)number), ""),
            _ => throw PyError.Value($"Unknown format code '{Type}' for object of type 'int'"),
        };
        return Assemble(context, number.Sign < 0, IsAlternate ? prefix : "", digits, Type is 'x' or 'X' or 'o' or 'b' ? 4 : 3);
    }

    public string FormatFloat(RenderContext context, double number)
    {
        var magnitude = Math.Abs(number);
        string digits;
        if (double.IsNaN(number) || double.IsInfinity(number))
        {
            digits = double.IsNaN(number) ? "nan" : "inf";
        }
        else
        {
            var precision = Precision < 0 ? 6 : Precision;
            digits = Type switch
            {
                'f' or 'F' => magnitude.ToString("F" + precision, CultureInfo.InvariantCulture),
                '%' => (magnitude * 100).ToString("F" + precision, CultureInfo.InvariantCulture) + "%",
                'e' or 'E' => Scientific(magnitude, precision),
                'g' or 'G' or 'n' => General(magnitude, precision),
                '\0' => Precision < 0 ? PyRepr.Float(magnitude) : WithPoint(General(magnitude, precision)),
                _ => throw PyError.Value($"Unknown format code '{Type}' for object of type 'float'"),
            };
        }

        digits = char.IsUpper(Type) ? digits.ToUpperInvariant() : digits;
        return Assemble(context, double.IsNegative(number) && !double.IsNaN(number), "", digits, 3);
    }

    private string Assemble(RenderContext context, bool negative, string prefix, string digits, int group)
    {
        var sign = negative ? "-" : Sign is '+' or ' ' ? Sign.ToString() : "";
        digits = Grouping == '\0' ? digits : Group(digits, group);
        if (Align == '=')
        {
            return sign + prefix + Padding.Pad(context, digits, Width - sign.Length - prefix.Length, Fill, '>');
        }

        return Padding.Pad(context, sign + prefix + digits, Width, Fill, Align == '\0' ? '>' : Align);
    }

    private string Group(string digits, int size)
    {
        var end = 0;
        while (end < digits.Length && char.IsAsciiHexDigit(digits[end]))
        {
            end++;
        }

        var result = new StringBuilder(digits);
        for (var at = end - size; at > 0; at -= size)
        {
            result.Insert(at, Grouping);
        }

        return result.ToString();
    }

    private static string Scientific(double value, int precision)
    {
        var text = value.ToString("e" + precision, CultureInfo.InvariantCulture);
        var mark = text.IndexOf('e', StringComparison.Ordinal);
        var exponent = int.Parse(text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return $"{text[..mark]}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
    }

    private static string General(double value, int precision)
    {
        precision = Math.Max(1, precision);
        var scientific = Scientific(value, precision - 1);
        var mark = scientific.IndexOf('e', StringComparison.Ordinal);
        var exponent = int.Parse(scientific.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return exponent < -4 || exponent >= precision
            ? Trim(scientific[..mark]) + scientific[mark..]
            : Trim(value.ToString("F" + (precision - 1 - exponent), CultureInfo.InvariantCulture));
    }

    private static string WithPoint(string digits) => digits.AsSpan().IndexOfAny('.', 'e') < 0 ? digits + ".0" : digits;

    private static string Trim(string digits) =>
        digits.Contains('.', StringComparison.Ordinal) ? digits.TrimEnd('0').TrimEnd('.') : digits;

    private static string Radix(BigInteger value, int radix)
    {
        if (radix != 8)
        {
            var digits = value.ToString(radix == 16 ? "x" : "b", CultureInfo.InvariantCulture).TrimStart('0');
            return digits.Length == 0 ? "0" : digits;
        }

        var bits = Radix(value, 2);
        bits = bits.PadLeft((bits.Length + 2) / 3 * 3, '0');
        return string.Create(bits.Length / 3, bits, static (octal, bits) =>
        {
            for (var i = 0; i < octal.Length; i++)
            {
                octal[i] = (char)('0' + ((bits[3 * i] - '0') * 4) + ((bits[(3 * i) + 1] - '0') * 2) + (bits[(3 * i) + 2] - '0'));
            }
        });
    }

    private static bool Skip(string text, ref int at, char expected)
    {
        var found = at < text.Length && text[at] == expected;
        at += found ? 1 : 0;
        return found;
    }

    private static long Digits(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return at == start ? -1
            : long.TryParse(text.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : throw PyError.Value("Too many decimal digits in format string");
    }
}
