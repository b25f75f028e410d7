using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Atropos.Jinja.Syntax;

/// <summary>Reads string literals with Python's escapes.</summary>
internal static class StringLiteral
{
    /// <summary>.NET has no table of Unicode names; these are the ones that prompts have use for.</summary>
    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["BULLET"] = "•",
        ["SPACE"] = " ",
        ["NO-BREAK SPACE"] = "\u00a0",
        ["EN DASH"] = "–",
        ["EM DASH"] = "—",
        ["HORIZONTAL ELLIPSIS"] = "…",
        ["LEFT SINGLE QUOTATION MARK"] = "‘",
        ["RIGHT SINGLE QUOTATION MARK"] = "’",
        ["LEFT DOUBLE QUOTATION MARK"] = "“",
        ["RIGHT DOUBLE QUOTATION MARK"] = "”",
        ["FULLWIDTH VERTICAL LINE"] = "｜",
        ["LOWER ONE EIGHTH BLOCK"] = "▁",
        ["ZERO WIDTH SPACE"] = "\u200b",
        ["RIGHTWARDS ARROW"] = "→",
        ["CHECK MARK"] = "✓",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the literal whose quote is at <paramref name="at"/>.</summary>
    /// <returns>Null, or what is wrong.</returns>
    public static string? TryRead(string source, int at, out string text, out int end)
    {
        var quote = source[at];
        for (end = at + 1; end < source.Length && source[end] != quote; end++)
        {
            if (source[end] == '\\')
            {
                end++;
            }
        }

        if (end >= source.Length)
        {
            text = "";
            return TokenReader.UnexpectedCharacter(source, at);
        }

        var raw = source[(at + 1)..end];
        end++;
        return TryUnescape(raw, out text);
    }

    private static string? TryUnescape(string raw, out string text)
    {
        text = raw;
        if (!raw.Contains('\\', StringComparison.Ordinal))
        {
            return null;
        }

        var result = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\')
            {
                result.Append(raw[i]);
                continue;
            }

            i++;
            var kind = raw[i];
            if (!TryEscape(raw, ref i, result))
            {
                return kind switch
                {
                    'x' => "truncated \\xXX escape",
                    'u' => "truncated \\uXXXX escape",
                    'U' => "truncated \\UXXXXXXXX escape",
                    _ => raw.AsSpan(i).IndexOf('}') < 0 ? "malformed \\N character escape" : "unknown Unicode character name",
                };
            }
        }

        text = result.ToString();
        return null;
    }

    private static bool TryEscape(string raw, ref int i, StringBuilder result)
    {
        const string Letters = "abfnrtv\\'\"";
        const string Values = "\a\b\f\n\r\t\v\\'\"";
        var c = raw[i];
        var simple = Letters.IndexOf(c, StringComparison.Ordinal);
        if (simple >= 0)
        {
            result.Append(Values[simple]);
            return true;
        }

        switch (c)
        {
            case '\n':
                return true;
            case 'x':
                return TryHex(raw, ref i, 2, result);
            case 'u':
                return TryHex(raw, ref i, 4, result);
            case 'U':
                return TryHex(raw, ref i, 8, result);
            case 'N':
                return TryName(raw, ref i, result);
            case >= '0' and <= '7':
                var value = 0;
                var end = Math.Min(raw.Length, i + 3);
                for (; i < end && raw[i] is >= '0' and <= '7'; i++)
                {
                    value = (value * 8) + (raw[i] - '0');
                }

                i--;
                result.Append((char)value);
                return true;
            default:
                result.Append('\\').Append(c);
                return true;
        }
    }

    private static bool TryHex(string raw, ref int i, int digits, StringBuilder result)
    {
        if (i + digits >= raw.Length
            || !int.TryParse(raw.AsSpan(i + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            || code is < 0 or > 0x10FFFF)
        {
            return false;
        }

        i += digits;
        if (code < 0x10000)
        {
            result.Append((char)code);
        }
        else
        {
            result.Append(char.ConvertFromUtf32(code));
        }

        return true;
    }

    private static bool TryName(string raw, ref int i, StringBuilder result)
    {
        var close = raw.IndexOf('}', i);
        if (close < 0 || i + 1 >= raw.Length || raw[i + 1] != '{' || !Names.TryGetValue(raw[(i + 2)..close], out var character))
        {
            return false;
        }

        i = close;
        result.Append(character);
        return true;
    }
}
