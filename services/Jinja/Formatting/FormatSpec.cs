using System.Globalization;
using System.Numerics;
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

    public char Sign { get; set; }

    public bool IsAlternate { get; set; }

    /// <summary>Whether numbers are filled with zeros behind their sign.</summary>
    public bool IsZeroPadded { get; set; }

    public long Width { get; set; }

    public char Grouping { get; set; }

    public int Precision { get; set; } = -1;

    public char Type { get; set; }

    public static FormatSpec Parse(string text)
    {
        var spec = new FormatSpec();
        var at = 0;
        var hasFill = false;
        var fillWidth = text.Length > 0 ? PyText.Width(text, 0) : 0;
        if (text.Length > fillWidth && text[fillWidth] is '<' or '>' or '^' or '=')
        {
            (spec.Fill, spec.Align) = (text[..fillWidth], text[fillWidth]);
            at = fillWidth + 1;
            hasFill = true;
        }
        else if (text.Length > 0 && text[0] is '<' or '>' or '^' or '=')
        {
            spec.Align = text[at++];
        }

        spec.Sign = at < text.Length && text[at] is '+' or '-' or ' ' ? text[at++] : '\0';
        spec.IsAlternate = Skip(text, ref at, '#');
        if (!hasFill && Skip(text, ref at, '0'))
        {
            spec.Fill = "0";
            spec.IsZeroPadded = spec.Align == '\0';
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
            return FormatText(context, text);
        }

        if (!PyNumber.IsNumber(value))
        {
            throw PyError.Type($"unsupported format string passed to {PyTypes.Name(value)}.__format__");
        }

        if (Grouping != '\0' && (Type is 'n' or 'c' or 's' || (Grouping == ',' && Type is 'x' or 'X' or 'o' or 'b')))
        {
            throw PyError.Value($"Cannot specify '{Grouping}' with '{Type}'.");
        }

        var isFloat = value is double || Type is 'e' or 'E' or 'f' or 'F' or 'g' or 'G' or '%';
        if (isFloat)
        {
            return FormatFloat(context, PyNumber.ToDouble(value!));
        }

        return Precision >= 0 ? throw PyError.Value("Precision not allowed in integer format specifier")
            : Type == 'c' && (Sign != '\0' || IsAlternate) ? throw PyError.Value("Sign or alternate form not allowed with integer format specifier 'c'")
            : FormatInteger(context, PyNumber.ToBig(value!));
    }

    public string FormatInteger(RenderContext context, BigInteger number)
    {
        PyNumber.ChargeDigits(number);
        var magnitude = BigInteger.Abs(number);
        var (digits, prefix) = Type switch
        {
            '\0' or 'd' or 'n' or 'i' or 'u' => (magnitude.ToString(CultureInfo.InvariantCulture), ""),
            'x' => (Radix(magnitude, 16), "0x"),
            'X' => (Radix(magnitude, 16).ToUpperInvariant(), "0X"),
            'o' => (Radix(magnitude, 8), "0o"),
            'b' => (Radix(magnitude, 2), "0b"),
            'c' => (Character(number), ""),
            _ => throw PyError.Value($"Unknown format code '{Type}' for object of type 'int'"),
        };
        return Assemble(
            context, number.Sign < 0 && Type != 'c', IsAlternate ? prefix : "", digits.PadLeft(Math.Max(0, Precision), '0'), Type is 'x' or 'X' or 'o' or 'b' ? 4 : 3);
    }

    public string FormatFloat(RenderContext context, double number)
    {
        var magnitude = Math.Abs(number);
        string digits;
        if (Type is not ('\0' or 'f' or 'F' or '%' or 'e' or 'E' or 'g' or 'G' or 'n'))
        {
            throw PyError.Value($"Unknown format code '{Type}' for object of type 'float'");
        }

        if (!double.IsFinite(Type == '%' ? magnitude * 100 : magnitude))
        {
            digits = (double.IsNaN(number) ? "nan" : "inf") + (Type == '%' ? "%" : "");
        }
        else
        {
            var precision = Precision < 0 ? 6 : Precision;
            digits = Type switch
            {
                'f' or 'F' => FloatDigits.Fixed(magnitude, precision) + Point(precision == 0),
                '%' => FloatDigits.Fixed(magnitude * 100, precision) + Point(precision == 0) + "%",
                'e' or 'E' => Scientific(FloatDigits.Significant(magnitude, precision + 1)),
                'g' or 'G' or 'n' => General(magnitude, precision, 0),
                _ => Precision < 0 ? PyRepr.Float(magnitude) : WithPoint(General(magnitude, precision, 1)),
            };
        }

        digits = char.IsUpper(Type) ? digits.ToUpperInvariant() : digits;
        return Assemble(context, double.IsNegative(number) && !double.IsNaN(number), "", digits, 3);
    }

    private string FormatText(RenderContext context, string text)
    {
        if (Type is not ('\0' or 's') || Align == '=' || Sign != '\0' || IsAlternate || Grouping != '\0')
        {
            throw PyError.Value($"Unknown format code '{Type}' for object of type 'str'");
        }

        var cut = Precision >= 0 && Precision < PyText.Length(text) ? text[..PyText.Offset(text, Precision)] : text;
        return Padding.Pad(context, cut, Width, Fill, Align == '\0' ? '<' : Align);
    }

    private string Assemble(RenderContext context, bool negative, string prefix, string digits, int group)
    {
        var sign = negative ? "-" : Sign is '+' or ' ' ? Sign.ToString() : "";
        var inside = Align == '=' || IsZeroPadded;
        if (Grouping != '\0')
        {
            digits = Group(context, digits, group, inside && Fill == "0" ? Width - sign.Length - prefix.Length : 0);
        }

        return inside
            ? sign + prefix + Padding.Pad(context, digits, Width - sign.Length - prefix.Length, Fill, '>')
            : Padding.Pad(context, sign + prefix + digits, Width, Fill, Align == '\0' ? '>' : Align);
    }

    // Zeros that fill up are grouped as well.
    private string Group(RenderContext context, string text, int size, long width)
    {
        var end = 0;
        while (end < text.Length && (size == 4 ? char.IsAsciiHexDigit(text[end]) : char.IsAsciiDigit(text[end])))
        {
            end++;
        }

        if (end == 0)
        {
            return text;
        }

        context.ChargeText(width);
        var wanted = width - (text.Length - end);
        var count = end;
        while (count + ((count - 1) / size) < wanted)
        {
            count++;
        }

        using var result = new TextBuilder(context);
        for (var at = 0; at < count; at++)
        {
            if (at > 0 && (count - at) % size == 0)
            {
                result.Append(Grouping);
            }

            result.Append(at < count - end ? '0' : text[at - count + end]);
        }

        result.Append(text.AsSpan(end));
        return result.ToString();
    }

    private string Point(bool isLast) => isLast && IsAlternate ? "." : "";

    private string Scientific((string Digits, int Exponent) number)
    {
        var (digits, exponent) = number;
        var fraction = digits.Length > 1 ? "." + digits[1..] : Point(true);
        return $"{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
    }

    // Where a point is to follow, the last digit before the exponent begins has to leave room for one.
    private string General(double value, int precision, int reserved)
    {
        precision = Math.Max(1, precision);
        var (digits, exponent) = FloatDigits.Significant(value, precision);
        if (exponent < -4 || exponent >= precision - reserved)
        {
            return Scientific((IsAlternate ? digits : digits[..1] + digits[1..].TrimEnd('0'), exponent));
        }

        var text = FloatDigits.Fixed(value, precision - 1 - exponent);
        return IsAlternate ? text + Point(precision - 1 == exponent)
            : text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.')
            : text;
    }

    private static string WithPoint(string digits) => digits.AsSpan().IndexOfAny('.', 'e') < 0 ? digits + ".0" : digits;

    private static string Character(BigInteger code) => code >= 0 && code <= 0x10FFFF
        ? code >= 0x10000 ? char.ConvertFromUtf32((int)code) : ((char)(int)code).ToString()
        : throw PyError.Overflow("%c arg not in range(0x110000)");

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
