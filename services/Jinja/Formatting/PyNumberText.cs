using System.Globalization;
using System.Numerics;
using System.Text;

namespace Atropos.Jinja.Formatting;

/// <summary>Python's <c>int(text, base)</c> and <c>float(text)</c>.</summary>
internal static class PyNumberText
{
    // As Python has it; longer numbers take time with the square of their length.
    private const int MaxDigits = 4300;

    /// <summary>The integer, or null where the text or the base is none.</summary>
    public static BigInteger? TryInteger(string text, long radix)
    {
        if (radix is < 0 or 1 or > 36)
        {
            return null;
        }

        var digits = Plain(text);
        var negative = digits.StartsWith('-');
        digits = digits.Length > 0 && digits[0] is '-' or '+' ? digits[1..] : digits;
        var prefix = digits.Length > 1 && digits[0] == '0' ? char.ToLowerInvariant(digits[1]) switch { 'x' => 16, 'o' => 8, 'b' => 2, _ => 0 } : 0;
        if (prefix != 0 && (radix == prefix || radix == 0))
        {
            (digits, radix) = (digits[2..], prefix);
            digits = digits.StartsWith('_') ? digits[1..] : digits;
        }
        else if (radix == 0)
        {
            radix = 10;
            if (digits.StartsWith('0') && digits.AsSpan().ContainsAnyExcept('0', '_'))
            {
                return null;
            }
        }

        if (WithoutUnderscores(digits, char.IsAsciiLetterOrDigit) is not { } plain || plain.Length is 0 or > MaxDigits)
        {
            return null;
        }

        var value = BigInteger.Zero;
        foreach (var c in plain)
        {
            var digit = char.IsAsciiDigit(c) ? c - '0' : char.IsAsciiLetter(c) ? char.ToLowerInvariant(c) - 'a' + 10 : 99;
            if (digit >= radix)
            {
                return null;
            }

            value = (value * radix) + digit;
        }

        return negative ? -value : value;
    }

    public static bool TryFloat(string text, out double number)
    {
        number = 0;
        // .NET does not mind zero characters at the end.
        if (WithoutUnderscores(Plain(text), char.IsAsciiDigit) is not { Length: > 0 } plain || plain.EndsWith('\0'))
        {
            return false;
        }

        var unsigned = plain[0] is '+' or '-' ? plain[1..] : plain;
        switch (unsigned.ToLowerInvariant())
        {
            case "inf" or "infinity":
                number = plain[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
                return true;
            case "nan":
                number = double.NaN;
                return true;
            default:
                return unsigned.Length > 0 && (char.IsAsciiDigit(unsigned[0]) || unsigned[0] == '.')
                    && double.TryParse(plain, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out number);
        }
    }

    // Without white space around, and digits of any script as those of ASCII.
    private static string Plain(string text)
    {
        text = text.AsSpan().Trim().ToString();
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber
                ? result.Append((int)Rune.GetNumericValue(rune))
                : result.Append(rune.ToString());
        }

        return result.ToString();
    }

    // An underscore stands between two digits; null where one does not.
    private static string? WithoutUnderscores(string text, Func<char, bool> isDigit)
    {
        for (var at = text.IndexOf('_', StringComparison.Ordinal); at >= 0; at = text.IndexOf('_', at + 1))
        {
            if (at == 0 || at + 1 >= text.Length || !isDigit(text[at - 1]) || !isDigit(text[at + 1]))
            {
                return null;
            }
        }

        return text.Replace("_", "", StringComparison.Ordinal);
    }
}
