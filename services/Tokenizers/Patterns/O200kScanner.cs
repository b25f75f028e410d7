using System.Globalization;
using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Patterns;

/// <summary>o200k's expression (gpt-oss, Llama 4), and Tekken's, which has neither contractions nor numbers of several digits.</summary>
internal sealed class O200kScanner(bool contractions, int digits) : Scanner
{
    public const string Expression =
        @"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|"
        + @"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|"
        + @"\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    public const string TekkenExpression =
        @"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|"
        + @"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|"
        + @"\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    private enum Kind
    {
        Other,
        Upper,
        Lower,
        Both,
    }

    protected override int Match(ReadOnlySpan<char> text, int at)
    {
        var first = CodePoints.At(text, at, out var length);
        var isLetter = CodePoints.IsLetter(first);
        var isNumber = CodePoints.IsNumber(first);
        var mayLead = first is not ('\r' or '\n') && !isLetter && !isNumber;

        // The optional leading character is tried first; without it only marks and letters can begin a word.
        // Greedy order: branch 1 with the lead, branch 1 without, branch 2 with the lead, branch 2 without.
        var end = mayLead ? MatchLowerWord(text, at + length) : -1;
        end = end >= 0 ? end : MatchLowerWord(text, at);
        end = end >= 0 || !mayLead ? end : MatchUpperWord(text, at + length);
        end = end >= 0 ? end : MatchUpperWord(text, at);
        if (end >= 0)
        {
            var contraction = contractions ? MatchContraction(text, end, ignoreCase: true) : -1;
            return contraction >= 0 ? contraction : end;
        }

        return isNumber
            ? SkipNumbers(text, at + length, digits - 1)
            : Cl100kScanner.MatchSymbolsOrSpaces(text, at, first, slash: true);
    }

    /// <summary><c>[upper]*[lower]+</c>, which gives back characters of both kinds at the end of the first run; -1 without a match.</summary>
    private static int MatchLowerWord(ReadOnlySpan<char> text, int at)
    {
        var upperEnd = at;
        var lastBoth = -1;
        while (upperEnd < text.Length)
        {
            var kind = KindOf(CodePoints.At(text, upperEnd, out var length));
            if (kind is not (Kind.Upper or Kind.Both))
            {
                break;
            }

            upperEnd += length;
            lastBoth = kind == Kind.Both ? upperEnd : lastBoth;
        }

        var lowerEnd = SkipLower(text, upperEnd);
        return lowerEnd > upperEnd ? lowerEnd : lastBoth;
    }

    private static int MatchUpperWord(ReadOnlySpan<char> text, int at)
    {
        var end = at;
        while (end < text.Length && KindOf(CodePoints.At(text, end, out var length)) is Kind.Upper or Kind.Both)
        {
            end += length;
        }

        return end > at ? SkipLower(text, end) : -1;
    }

    private static int SkipLower(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && KindOf(CodePoints.At(text, at, out var length)) is Kind.Lower or Kind.Both)
        {
            at += length;
        }

        return at;
    }

    private static Kind KindOf(int codePoint) => CodePoints.Category(codePoint) switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter => Kind.Upper,
        UnicodeCategory.LowercaseLetter => Kind.Lower,
        UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark
            or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => Kind.Both,
        _ => Kind.Other,
    };
}
