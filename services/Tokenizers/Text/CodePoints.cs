using System.Globalization;
using System.Text;

namespace Atropos.Tokenizers.Text;

/// <summary>Reading UTF-16 by code point, and the character classes of Oniguruma's and Rust's Unicode tables.</summary>
internal static class CodePoints
{
    /// <summary>Reads the code point that starts at <paramref name="index"/>; a lone surrogate is read as itself.</summary>
    public static int At(ReadOnlySpan<char> text, int index, out int length)
    {
        var first = text[index];
        if (char.IsHighSurrogate(first) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]))
        {
            length = 2;
            return char.ConvertToUtf32(first, text[index + 1]);
        }

        length = 1;
        return first;
    }

    /// <summary>Reads the code point that ends just before <paramref name="index"/>.</summary>
    public static int Before(ReadOnlySpan<char> text, int index, out int length)
    {
        var last = text[index - 1];
        if (char.IsLowSurrogate(last) && index >= 2 && char.IsHighSurrogate(text[index - 2]))
        {
            length = 2;
            return char.ConvertToUtf32(text[index - 2], last);
        }

        length = 1;
        return last;
    }

    /// <summary>The number of its bytes in UTF-8; a lone surrogate counts as U+FFFD.</summary>
    public static int Utf8Length(int codePoint) => codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;

    public static UnicodeCategory Category(int codePoint) => CharUnicodeInfo.GetUnicodeCategory(codePoint);

    public static bool IsWhiteSpace(int codePoint) => codePoint < 0x10000 && char.IsWhiteSpace((char)codePoint);

    public static bool IsLetter(int codePoint) => codePoint < 0x80
        ? (uint)((codePoint | 0x20) - 'a') < 26
        : Category(codePoint) <= UnicodeCategory.OtherLetter;

    /// <summary>Nd, Nl and No: what <c>\p{N}</c> and Rust's <c>char::is_numeric</c> accept.</summary>
    public static bool IsNumber(int codePoint) => codePoint < 0x80
        ? (uint)(codePoint - '0') < 10
        : Category(codePoint) is >= UnicodeCategory.DecimalDigitNumber and <= UnicodeCategory.OtherNumber;

    /// <summary>What <c>\w</c> accepts: alphabetic characters, marks, decimal digits and connectors.</summary>
    public static bool IsWord(int codePoint)
    {
        if (codePoint < 0x80)
        {
            return IsLetter(codePoint) || IsNumber(codePoint) || codePoint == '_';
        }

        return Category(codePoint) switch
        {
            <= UnicodeCategory.DecimalDigitNumber => true,
            UnicodeCategory.LetterNumber or UnicodeCategory.ConnectorPunctuation => true,
            // Circled and squared letters are symbols by category and yet alphabetic.
            UnicodeCategory.OtherSymbol => codePoint is (>= 0x24B6 and <= 0x24E9) or (>= 0x1F130 and <= 0x1F149)
                or (>= 0x1F150 and <= 0x1F169) or (>= 0x1F170 and <= 0x1F189),
            _ => false,
        };
    }

    /// <summary>Lowercases as Rust's <c>char::to_lowercase</c> does, which knows one character with a two-character answer.</summary>
    public static void PutLowercase(int codePoint, int source, TextBuffer output)
    {
        if (codePoint == 0x130)
        {
            output.Put("i\u0307", source);
            return;
        }

        output.PutCodePoint(ToNewestLower(codePoint), source);
    }

    /// <summary>The lowercase by Rust's Unicode 17, which has pairs that .NET's 16 lacks.</summary>
    public static int ToNewestLower(int codePoint) => codePoint switch
    {
        0xA7CE or 0xA7D2 or 0xA7D4 => codePoint + 1,
        >= 0x16EA0 and <= 0x16EB8 => codePoint + 27,
        _ => ToLower(codePoint),
    };

    public static int ToLower(int codePoint) => Rune.IsValid(codePoint) ? Rune.ToLowerInvariant(new Rune(codePoint)).Value : codePoint;

    public static int ToUpper(int codePoint) => Rune.IsValid(codePoint) ? Rune.ToUpperInvariant(new Rune(codePoint)).Value : codePoint;
}
