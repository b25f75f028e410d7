using System.Globalization;
using System.Text;

namespace Atropos.Jinja.Runtime;

/// <summary>Upper, lower, title and folded case as Python's str has them.</summary>
internal static class PyCase
{
    private const string IgnorablePunctuation = "'.:\u00b7\u0387\u055f\u05f4\u2018\u2019\u2024\u2027\ufe13\ufe52\ufe55\uff07\uff0e\uff1a";

    public static string Upper(string text) =>
        Ascii.IsValid(text) ? text.ToUpperInvariant() : Each(text, static (rune, _, result) => result.Append(Upper(rune)));

    public static string Lower(string text) => Ascii.IsValid(text) ? text.ToLowerInvariant() : Each(text, AppendLower(text));

    public static string Fold(string text) => Ascii.IsValid(text) ? text.ToLowerInvariant() : Each(text, static (rune, _, result) => result.Append(Fold(rune)));

    public static string Capitalize(string text)
    {
        var lower = AppendLower(text);
        return Each(text, (rune, at, result) => _ = at == 0 ? result.Append(Title(rune)) : lower(rune, at, result));
    }

    /// <summary>Each letter that follows no letter in title case, the others in lower case.</summary>
    public static string Title(string text)
    {
        var lower = AppendLower(text);
        var inside = false;
        return Each(text, (rune, at, result) =>
        {
            _ = inside ? lower(rune, at, result) : result.Append(Title(rune));
            inside = IsCased(rune);
            return result;
        });
    }

    public static string Swap(string text)
    {
        var lower = AppendLower(text);
        return Each(text, (rune, at, result) => IsUpper(rune) ? lower(rune, at, result)
            : result.Append(IsLower(rune) ? Upper(rune) : rune.ToString()));
    }

    public static string Upper(Rune rune) =>
        PyCaseTables.Upper.TryGetValue(rune.Value, out var upper) ? upper : Rune.ToUpperInvariant(rune).ToString();

    public static bool IsUpper(Rune rune) =>
        Rune.GetUnicodeCategory(rune) == UnicodeCategory.UppercaseLetter || PyCaseTables.IsOtherUpper(rune.Value);

    public static bool IsLower(Rune rune) =>
        Rune.GetUnicodeCategory(rune) == UnicodeCategory.LowercaseLetter || PyCaseTables.IsOtherLower(rune.Value);

    public static bool IsTitle(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.TitlecaseLetter;

    private static bool IsCased(Rune rune) => IsUpper(rune) || IsLower(rune) || IsTitle(rune);

    private static string Title(Rune rune) =>
        rune.Value is >= 0x10D0 and <= 0x10FF ? rune.ToString()
        : PyCaseTables.Title.TryGetValue(rune.Value, out var title) ? title
        : Upper(rune);

    private static string Fold(Rune rune) => rune.Value switch
    {
        0x130 => "i\u0307",
        0x1E9E => "ss",
        >= 0x13A0 and <= 0x13F5 => rune.ToString(),
        (>= 0x13F8 and <= 0x13FD) or (>= 0xAB70 and <= 0xABBF) => Upper(rune),
        _ when PyCaseTables.FoldedThroughUpper.Contains(rune.Value) =>
            string.Concat(Upper(rune).EnumerateRunes().Select(part => Rune.ToLowerInvariant(part).ToString())),
        _ => Rune.ToLowerInvariant(rune).ToString(),
    };

    // What a capital sigma becomes depends on the characters around it.
    private static Func<Rune, int, StringBuilder, StringBuilder> AppendLower(string text) => (rune, at, result) => rune.Value switch
    {
        0x130 => result.Append("i\u0307"),
        0x3A3 => result.Append(IsFinalSigma(text, at) ? 'ς' : 'σ'),
        _ => result.Append(Rune.ToLowerInvariant(rune).ToString()),
    };

    private static bool IsFinalSigma(string text, int at)
    {
        var before = at;
        Rune rune = default;
        while (before > 0 && Rune.DecodeLastFromUtf16(text.AsSpan(0, before), out rune, out var width) == System.Buffers.OperationStatus.Done && IsIgnorable(rune))
        {
            before -= width;
        }

        if (before == 0 || !IsCased(rune))
        {
            return false;
        }

        var after = at + 1;
        while (after < text.Length && Rune.TryGetRuneAt(text, after, out rune) && IsIgnorable(rune))
        {
            after += rune.Utf16SequenceLength;
        }

        return after >= text.Length || !IsCased(rune);
    }

    private static bool IsIgnorable(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format
            or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol
        || (rune.IsBmp && IgnorablePunctuation.Contains((char)rune.Value, StringComparison.Ordinal));

    private static string Each(string text, Func<Rune, int, StringBuilder, StringBuilder> append)
    {
        // A character at a time is far slower than the copying that the callers count.
        Budget.Current?.Charge(text.Length >> 2);
        var result = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            if (Rune.TryGetRuneAt(text, at, out var rune))
            {
                append(rune, at, result);
                at += rune.Utf16SequenceLength;
            }
            else
            {
                result.Append(text[at++]);
            }
        }

        return result.ToString();
    }
}
