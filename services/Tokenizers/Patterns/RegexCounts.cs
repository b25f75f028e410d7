using System.Globalization;

namespace Atropos.Tokenizers.Patterns;

/// <summary>Reads how often a part of an expression is repeated: <c>*</c>, <c>+</c>, <c>?</c> or a count in braces.</summary>
internal static class RegexCounts
{
    private const int Largest = 1000;

    /// <summary>Reads one and goes behind it; false where there is none.</summary>
    /// <param name="source">The expression.</param>
    /// <param name="at">Where to read.</param>
    /// <param name="min">The least.</param>
    /// <param name="max">The most; -1 without a bound.</param>
    /// <param name="braces">Whether it stands in braces.</param>
    public static bool TryParse(string source, ref int at, out int min, out int max, out bool braces)
    {
        (min, max, braces) = (0, -1, false);
        switch (source[at])
        {
            case '*':
                break;
            case '+':
                min = 1;
                break;
            case '?':
                max = 1;
                break;
            case '{':
                // What is no count is text: a{ and a{x} and a{,}.
                var end = source.IndexOf('}', at);
                var parts = end < 0 ? [] : source[(at + 1)..end].Split(',');
                if (parts.Length is not (1 or 2) || parts is [""] or ["", ""] || !TryCount(parts[0], 0, out min) || !TryCount(parts[^1], -1, out max))
                {
                    return false;
                }

                braces = true;
                at = end;
                break;
            default:
                return false;
        }

        at++;
        return true;
    }

    /// <summary>Whether a count can be taken.</summary>
    public static bool AreSensible(int min, int max) => min <= Largest && max <= Largest && (max < 0 || max >= min);

    private static bool TryCount(string text, int fallback, out int count)
    {
        count = fallback;
        return text.Length == 0 || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count);
    }
}
