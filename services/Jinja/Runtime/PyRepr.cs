using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;

namespace Atropos.Jinja.Runtime;

/// <summary>Python's <c>str</c> and <c>repr</c> of values.</summary>
internal static class PyRepr
{
    /// <summary>Characters that stand for themselves in a quoted text.</summary>
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        [.. Enumerable.Range(' ', '\x7f' - ' ').Select(code => (char)code).Where(c => c is not ('\'' or '"' or '\\'))]);

    public static string Text(object? value) => value switch
    {
        string text => text,
        Markup markup => markup.Value,
        PyObject other => other.Text,
        _ => Repr(value),
    };

    public static string Repr(object? value)
    {
        switch (value)
        {
            case null:
                return "None";
            case bool flag:
                return flag ? "True" : "False";
            case long number:
                return number.ToString(CultureInfo.InvariantCulture);
            case double number:
                return Float(number);
            case BigInteger number:
                PyNumber.ChargeDigits(number);
                return number.ToString(CultureInfo.InvariantCulture);
            default:
                using (var result = new TextBuilder(Budget.Current))
                {
                    Append(result, value);
                    return result.ToString();
                }

        }
    }

    /// <summary>Python's <c>ascii</c>: the repr with all that is not ASCII escaped.</summary>
    public static string AsciiRepr(object? value)
    {
        var text = Repr(value);
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                < 0x80 => result.Append((char)rune.Value),
                < 0x100 => result.Append(CultureInfo.InvariantCulture, $"\\x{rune.Value:x2}"),
                < 0x10000 => result.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}"),
                _ => result.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:x8}"),
            };
        }

        return result.ToString();
    }

    /// <summary>The shortest decimal that reads back as the same float, laid out as Python does.</summary>
    public static string Float(double value)
    {
        if (double.IsNaN(value))
        {
            return "nan";
        }

        if (double.IsInfinity(value))
        {
            return value > 0 ? "inf" : "-inf";
        }

        if (value == 0)
        {
            return double.IsNegative(value) ? "-0.0" : "0.0";
        }

        var text = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        var mark = text.IndexOf('E', StringComparison.Ordinal);
        var mantissa = mark < 0 ? text : text[..mark];
        var shift = mark < 0 ? 0 : int.Parse(text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? mantissa.Length : point;
        var all = mantissa.Replace(".", "", StringComparison.Ordinal);
        var digits = all.TrimStart('0');
        var exponent = shift + whole - 1 - (all.Length - digits.Length);
        return (value < 0 ? "-" : "") + Layout(digits.TrimEnd('0'), exponent);
    }

    private static string Layout(string digits, int exponent)
    {
        if (exponent is < -4 or >= 16)
        {
            var fraction = digits.Length > 1 ? "." + digits[1..] : "";
            return $"{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
        }

        if (exponent < 0)
        {
            return "0." + new string('0', -exponent - 1) + digits;
        }

        var whole = exponent + 1;
        return digits.Length <= whole
            ? digits + new string('0', whole - digits.Length) + ".0"
            : string.Concat(digits.AsSpan(0, whole), ".", digits.AsSpan(whole));
    }

    private static void Append(TextBuilder result, object? value)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        Budget.Current?.Step();
        switch (value)
        {
            case string text:
                AppendQuoted(result, text);
                break;
            case Markup markup:
                result.Append("Markup(");
                AppendQuoted(result, markup.Value);
                result.Append(')');
                break;
            case JinjaList list:
                AppendItems(result, '[', list.Items, ']');
                break;
            case JinjaTuple { Count: 1 } tuple:
                result.Append('(');
                Append(result, tuple.Items[0]);
                result.Append(",)");
                break;
            case JinjaTuple tuple:
                AppendItems(result, '(', tuple.Items, ')');
                break;
            case JinjaDict dict:
                AppendDict(result, dict);
                break;
            case Undefined:
                result.Append("Undefined");
                break;
            case PyObject other:
                result.Append(other.Text);
                break;
            default:
                result.Append(Repr(value));
                break;
        }
    }

    private static void AppendItems(TextBuilder result, char open, object?[] items, char close)
    {
        result.Append(open);
        for (var i = 0; i < items.Length; i++)
        {
            if (i > 0)
            {
                result.Append(", ");
            }

            Append(result, items[i]);
        }

        result.Append(close);
    }

    private static void AppendDict(TextBuilder result, JinjaDict dict)
    {
        result.Append('{');
        for (var i = 0; i < dict.Count; i++)
        {
            if (i > 0)
            {
                result.Append(", ");
            }

            Append(result, dict.Keys[i]);
            result.Append(": ");
            Append(result, dict.Values[i]);
        }

        result.Append('}');
    }

    private static void AppendQuoted(TextBuilder result, string text)
    {
        var quote = text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        Budget.Current?.ChargeScan(4L * text.Length);
        result.Append(quote);
        var rest = text.AsSpan();
        for (var plain = rest.IndexOfAnyExcept(Plain); plain >= 0; plain = rest.IndexOfAnyExcept(Plain))
        {
            result.Append(rest[..plain]);
            Rune.DecodeFromUtf16(rest[plain..], out var rune, out var width);
            AppendRune(result, rune, quote);
            rest = rest[(plain + width)..];
        }

        result.Append(rest);
        result.Append(quote);
    }

    private static void AppendRune(TextBuilder result, Rune rune, char quote)
    {
        var code = rune.Value;
        result.Append(code switch
        {
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            '\\' => "\\\\",
            _ when code == quote => quote == '"' ? "\\\"" : "\\'",
            _ when PyText.IsPrintable(rune) => rune.ToString(),
            < 0x100 => string.Create(CultureInfo.InvariantCulture, $"\\x{code:x2}"),
            < 0x10000 => string.Create(CultureInfo.InvariantCulture, $"\\u{code:x4}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"\\U{code:x8}"),
        });
    }
}
