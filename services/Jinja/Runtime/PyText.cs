using System.Globalization;
using System.Text;

namespace Atropos.Jinja.Runtime;

/// <summary>Python's strings count code points, .NET's count UTF-16 units: this is where the two meet.</summary>
internal static class PyText
{
    // Letters that a name cannot have, those that it cannot begin with, and what it can have besides: Unicode's XID properties.
    private const string NoNameParts =
        "\u037a\u2e2f\ufc5e\ufc5f\ufc60\ufc61\ufc62\ufc63\ufdfa\ufdfb\ufe70\ufe72\ufe74\ufe76\ufe78\ufe7a\ufe7c\ufe7e";

    private const string NoNameStarts = "\u0e33\u0eb3\uff9e\uff9f";
    private const string OtherNameStarts = "\u2118\u212e";
    private const string OtherNameParts = "\u00b7\u0387\u1369\u136a\u136b\u136c\u136d\u136e\u136f\u1370\u1371\u19da";

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

    /// <summary>How long the name at <paramref name="at"/> is, in UTF-16 units; 0 where none begins there.</summary>
    public static int NameLength(string text, int at)
    {
        var end = at;
        while (end < text.Length && Rune.TryGetRuneAt(text, end, out var rune) && (IsWord(rune) || IsIdentifierPart(rune)))
        {
            end += rune.Utf16SequenceLength;
        }

        return end - at;
    }

    public static bool IsIdentifier(string text)
    {
        var first = true;
        foreach (var rune in text.EnumerateRunes())
        {
            var isLetter = rune.Value == '_' || Rune.IsLetter(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.LetterNumber;
            var belongs = (isLetter && !IsOneOf(NoNameParts, rune) && !(first && IsOneOf(NoNameStarts, rune)))
                || IsOneOf(OtherNameStarts, rune)
                || (!first && (IsIdentifierPart(rune) || IsOneOf(OtherNameParts, rune)));
            if (!belongs)
            {
                return false;
            }

            first = false;
        }

        return !first;
    }

    /// <summary>Whether regular expressions' <c>\w</c> matches.</summary>
    public static bool IsWord(Rune rune) => rune.Value == '_' || IsAlphanumeric(rune);

    public static bool IsAlphanumeric(Rune rune) => Rune.IsLetter(rune) || Rune.IsNumber(rune);

    private static bool IsOneOf(string characters, Rune rune) => rune.IsBmp && characters.Contains((char)rune.Value, StringComparison.Ordinal);

    private static bool IsIdentifierPart(Rune rune) => rune.Value == 0xB7 || Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber
        or UnicodeCategory.ConnectorPunctuation;

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
