using System.Globalization;
using System.Numerics;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Syntax;

/// <summary>Number literals: how far one reaches, and its value.</summary>
internal static class NumberLiteral
{
    /// <summary>As many as Python reads.</summary>
    private const int MostDigits = 4300;

    /// <summary>Finds the end of the number at <paramref name="at"/>. With a point before it (<paramref name="afterDot"/>) it is
    /// an index, as in <c>a.0.1</c>, and never a float.</summary>
    public static (TokenKind Kind, int End) Measure(string source, int at, bool afterDot)
    {
        if (source[at] == '0' && at + 1 < source.Length && Digits(source[at + 1]) is { } digits)
        {
            var prefixed = Run(source, at + 2, digits, allowLeadingUnderscore: true);
            if (prefixed > at + 2)
            {
                return (TokenKind.Integer, prefixed);
            }
        }

        var whole = Run(source, at, "0123456789");
        if (!afterDot)
        {
            var end = whole;
            if (end + 1 < source.Length && source[end] == '.' && char.IsAsciiDigit(source[end + 1]))
            {
                end = Run(source, end + 1, "0123456789");
            }

            end = Exponent(source, end);
            if (end > whole)
            {
                return (TokenKind.Float, end);
            }
        }

        return (TokenKind.Integer, source[at] == '0' ? Run(source, at, "0") : whole);
    }

    public static object Value(Token token)
    {
        var text = token.Text.Replace("_", "", StringComparison.Ordinal);
        if (text.Length > MostDigits)
        {
            throw new TemplateSyntaxException($"A number has more than {MostDigits} digits.", token.Line);
        }

        if (token.Kind == TokenKind.Float)
        {
            return double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        }

        return text.Length > 1 && Digits(text[1]) is { } digits
            ? FromBase(text.AsSpan(2), digits.Length > 16 ? 16 : digits.Length)
            : PyNumber.Normalize(BigInteger.Parse(text, CultureInfo.InvariantCulture));
    }

    private static object FromBase(ReadOnlySpan<char> text, int radix)
    {
        var value = BigInteger.Zero;
        foreach (var c in text)
        {
            value = (value * radix) + Convert.ToInt32(c.ToString(), 16);
        }

        return PyNumber.Normalize(value);
    }

    private static string? Digits(char prefix) => char.ToLowerInvariant(prefix) switch
    {
        'b' => "01",
        'o' => "01234567",
        'x' => "0123456789abcdefABCDEF",
        _ => null,
    };

    private static int Run(string source, int at, string digits, bool allowLeadingUnderscore = false)
    {
        var end = at;
        while (end < source.Length)
        {
            var underscore = source[end] == '_' && end + 1 < source.Length && (end > at || allowLeadingUnderscore);
            if (digits.Contains(source[end], StringComparison.Ordinal))
            {
                end++;
            }
            else if (underscore && digits.Contains(source[end + 1], StringComparison.Ordinal))
            {
                end += 2;
            }
            else
            {
                break;
            }
        }

        return end;
    }

    private static int Exponent(string source, int at)
    {
        if (at >= source.Length || source[at] is not ('e' or 'E'))
        {
            return at;
        }

        var digits = at + 1 < source.Length && source[at + 1] is '+' or '-' ? at + 2 : at + 1;
        var end = Run(source, digits, "0123456789");
        return end > digits ? end : at;
    }
}
