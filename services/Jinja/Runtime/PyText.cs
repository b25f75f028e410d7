using System.Buffers;
using System.Globalization;
using System.Text;

namespace Atropos.Jinja.Runtime;

/// <summary>Python's strings count code points, .NET's count UTF-16 units: this is where the two meet.</summary>
internal static class PyText
{
    /// <summary>Characters whose upper case is more than one character.</summary>
    private static readonly SearchValues<char> Expanding = SearchValues.Create("ßŉǰﬀﬁﬂﬃﬄﬅﬆ");

    public static bool IsSpace(char c) => char.IsWhiteSpace(c) || c is >= '\x1c' and <= '\x1f';

    public static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.SpaceSeparator);

    public static bool HasSurrogates(string text) => text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') >= 0;

    /// <summary>Number of code points.</summary>
    public static int Length(string text)
    {
        if (!HasSurrogates(text))
        {
            return text.Length;
        }

        var count = 0;
        for (var i = 0; i < text.Length; i += Width(text, i))
        {
            count++;
        }

        return count;
    }

    /// <summary>UTF-16 units of the code point at <paramref name="index"/>.</summary>
    public static int Width(string text, int index) =>
        char.IsHighSurrogate(text[index]) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]) ? 2 : 1;

    /// <summary>The UTF-16 offset of code point <paramref name="index"/>, which may be the text's length.</summary>
    public static int Offset(string text, int index)
    {
        if (!HasSurrogates(text))
        {
            return index;
        }

        var offset = 0;
        for (; index > 0; index--)
        {
            offset += Width(text, offset);
        }

        return offset;
    }

    /// <summary>The code point number of a UTF-16 offset.</summary>
    public static int CodePointAt(string text, int offset) => offset < 0 ? offset : Length(text[..offset]);

    /// <summary>The characters, one string a code point.</summary>
    public static string[] Characters(string text)
    {
        Budget.Current?.ChargeParts(text.Length, text.Length);
        var characters = new string[Length(text)];
        for (int i = 0, at = 0; i < characters.Length; i++)
        {
            var width = Width(text, at);
            characters[i] = text.Substring(at, width);
            at += width;
        }

        return characters;
    }

    public static string Strip(string text, string? characters, bool left = true, bool right = true)
    {
        var start = 0;
        var end = text.Length;
        if (characters is null)
        {
            while (left && start < end && IsSpace(text[start]))
            {
                start++;
            }

            while (right && end > start && IsSpace(text[end - 1]))
            {
                end--;
            }

            return text[start..end];
        }

        while (left && start < end && HasAt(text, start, characters, out var width))
        {
            start += width;
        }

        while (right && end > start && HasAt(text, Before(text, end), characters, out var width))
        {
            end -= width;
        }

        return text[start..Math.Max(start, end)];
    }

    public static string Upper(string text)
    {
        var upper = text.ToUpperInvariant();
        return upper.AsSpan().IndexOfAny(Expanding) < 0
            ? upper
            : upper.Replace("ß", "SS", StringComparison.Ordinal).Replace("ŉ", "ʼN", StringComparison.Ordinal)
                .Replace("ǰ", "J\u030c", StringComparison.Ordinal).Replace("ﬀ", "FF", StringComparison.Ordinal)
                .Replace("ﬁ", "FI", StringComparison.Ordinal).Replace("ﬂ", "FL", StringComparison.Ordinal)
                .Replace("ﬃ", "FFI", StringComparison.Ordinal).Replace("ﬄ", "FFL", StringComparison.Ordinal)
                .Replace("ﬅ", "ST", StringComparison.Ordinal).Replace("ﬆ", "ST", StringComparison.Ordinal);
    }

    public static string Lower(string text)
    {
        var lower = text.ToLowerInvariant();
        if (text.Contains('İ', StringComparison.Ordinal))
        {
            lower = string.Concat(text.Select(c => c == 'İ' ? "i\u0307" : char.ToLowerInvariant(c).ToString()));
        }

        return lower.Contains('σ', StringComparison.Ordinal) ? FinalSigmas(text, lower) : lower;
    }

    public static string Capitalize(string text) =>
        text.Length == 0 ? "" : TitleCharacter(text[..Width(text, 0)]) + Lower(text[Width(text, 0)..]);

    /// <summary>Each letter that follows no letter in title case, the others in lower case.</summary>
    public static string Title(string text)
    {
        var result = new StringBuilder(text.Length);
        var inside = false;
        foreach (var character in Characters(text))
        {
            result.Append(inside ? Lower(character) : TitleCharacter(character));
            inside = IsCased(character);
        }

        return result.ToString();
    }

    public static bool IsCased(string character) =>
        CharUnicodeInfo.GetUnicodeCategory(character, 0) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter
            or UnicodeCategory.TitlecaseLetter;

    private static string TitleCharacter(string character)
    {
        var upper = Upper(character);
        return upper.Length > character.Length ? upper[..1] + Lower(upper[1..]) : upper;
    }

    private static string FinalSigmas(string text, string lower)
    {
        if (lower.Length != text.Length)
        {
            return lower;
        }

        var characters = lower.ToCharArray();
        for (var i = 0; i < text.Length; i++)
        {
            var final = text[i] == 'Σ' && i > 0 && char.IsLetter(text[i - 1]) && (i + 1 == text.Length || !char.IsLetter(text[i + 1]));
            characters[i] = final ? 'ς' : characters[i];
        }

        return new string(characters);
    }

    private static int Before(string text, int end) =>
        end > 1 && char.IsLowSurrogate(text[end - 1]) && char.IsHighSurrogate(text[end - 2]) ? end - 2 : end - 1;

    private static bool HasAt(string text, int at, string characters, out int width)
    {
        width = Width(text, at);
        return width == 1
            ? characters.Contains(text[at], StringComparison.Ordinal)
            : characters.AsSpan().IndexOf(text.AsSpan(at, width)) >= 0;
    }
}
