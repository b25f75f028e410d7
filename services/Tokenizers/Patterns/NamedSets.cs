using System.Globalization;
using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Patterns;

/// <summary>Properties and classes by name.</summary>
internal static class NamedSets
{
    private static readonly (int First, int Last)[] Han =
    [
        (0x2E80, 0x2E99), (0x2E9B, 0x2EF3), (0x2F00, 0x2FD5), (0x3005, 0x3005), (0x3007, 0x3007), (0x3021, 0x3029), (0x3038, 0x303B),
        (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFA6D), (0xFA70, 0xFAD9), (0x16FE2, 0x16FE3), (0x16FF0, 0x16FF1), (0x20000, 0x2A6DF),
        (0x2A700, 0x2B739), (0x2B740, 0x2B81D), (0x2B820, 0x2CEA1), (0x2CEB0, 0x2EBE0), (0x2EBF0, 0x2EE5D), (0x2F800, 0x2FA1D),
        (0x30000, 0x3134A), (0x31350, 0x323AF),
    ];

    private static readonly (int First, int Last)[] Hiragana =
    [
        (0x3041, 0x3096), (0x309D, 0x309F), (0x1B001, 0x1B11F), (0x1B132, 0x1B132), (0x1B150, 0x1B152), (0x1F200, 0x1F200),
    ];

    private static readonly (int First, int Last)[] Katakana =
    [
        (0x30A1, 0x30FA), (0x30FD, 0x30FF), (0x31F0, 0x31FF), (0x32D0, 0x32FE), (0x3300, 0x3357), (0xFF66, 0xFF6F), (0xFF71, 0xFF9D),
        (0x1AFF0, 0x1AFF3), (0x1AFF5, 0x1AFFB), (0x1AFFD, 0x1AFFE), (0x1B000, 0x1B000), (0x1B120, 0x1B122), (0x1B155, 0x1B155),
        (0x1B164, 0x1B167),
    ];

    private static readonly Dictionary<string, UnicodeCategory[]> Categories = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Lu"] = [UnicodeCategory.UppercaseLetter],
        ["Ll"] = [UnicodeCategory.LowercaseLetter],
        ["Lt"] = [UnicodeCategory.TitlecaseLetter],
        ["Lm"] = [UnicodeCategory.ModifierLetter],
        ["Lo"] = [UnicodeCategory.OtherLetter],
        ["Mn"] = [UnicodeCategory.NonSpacingMark],
        ["Mc"] = [UnicodeCategory.SpacingCombiningMark],
        ["Me"] = [UnicodeCategory.EnclosingMark],
        ["Nd"] = [UnicodeCategory.DecimalDigitNumber],
        ["Nl"] = [UnicodeCategory.LetterNumber],
        ["No"] = [UnicodeCategory.OtherNumber],
        ["Zs"] = [UnicodeCategory.SpaceSeparator],
        ["Zl"] = [UnicodeCategory.LineSeparator],
        ["Zp"] = [UnicodeCategory.ParagraphSeparator],
        ["Cc"] = [UnicodeCategory.Control],
        ["Cf"] = [UnicodeCategory.Format],
        ["Co"] = [UnicodeCategory.PrivateUse],
        ["Cn"] = [UnicodeCategory.OtherNotAssigned],
        ["Pc"] = [UnicodeCategory.ConnectorPunctuation],
        ["Pd"] = [UnicodeCategory.DashPunctuation],
        ["Ps"] = [UnicodeCategory.OpenPunctuation],
        ["Pe"] = [UnicodeCategory.ClosePunctuation],
        ["Pi"] = [UnicodeCategory.InitialQuotePunctuation],
        ["Pf"] = [UnicodeCategory.FinalQuotePunctuation],
        ["Po"] = [UnicodeCategory.OtherPunctuation],
        ["Sm"] = [UnicodeCategory.MathSymbol],
        ["Sc"] = [UnicodeCategory.CurrencySymbol],
        ["Sk"] = [UnicodeCategory.ModifierSymbol],
        ["So"] = [UnicodeCategory.OtherSymbol],
    };

    public static readonly CodePointSet Any = new(static _ => true);
    public static readonly CodePointSet Dot = new(static point => point != '\n');
    public static readonly CodePointSet Digit = new(static point => CodePoints.Category(point) == UnicodeCategory.DecimalDigitNumber);
    public static readonly CodePointSet Space = new(CodePoints.IsWhiteSpace);
    public static readonly CodePointSet Word = new(CodePoints.IsWord);
    public static readonly CodePointSet HexDigit = new(static point => point < 128 && char.IsAsciiHexDigit((char)point));

    /// <summary>The set of <c>\p{name}</c>, or null for a name that is not known here.</summary>
    public static CodePointSet? Property(string name)
    {
        switch (name.ToUpperInvariant().Replace("_", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal))
        {
            case "L" or "LETTER":
                return new CodePointSet(CodePoints.IsLetter);
            case "N" or "NUMBER":
                return new CodePointSet(CodePoints.IsNumber);
            case "M" or "MARK":
                return new CodePointSet(CodePoints.IsMark);
            case "HAN":
                return Script(Han);
            case "HIRAGANA":
                return Script(Hiragana);
            case "KATAKANA":
                return Script(Katakana);
            case "SPACE" or "WHITESPACE":
                return Space;
            case "WORD":
                return Word;
            case "ANY":
                return Any;
            default:
                break;
        }

        if (Categories.TryGetValue(name, out var exact))
        {
            return Of(exact);
        }

        return name is "P" or "S" or "Z" or "Punctuation" or "Symbol" or "Separator"
            ? Of([.. Categories.Where(entry => entry.Key[0] == (name == "Separator" ? 'Z' : name[0])).SelectMany(entry => entry.Value)])
            : null;
    }

    /// <summary>The set of <c>[:name:]</c>, or null for a name that is not known here.</summary>
    public static CodePointSet? Posix(string name) => name switch
    {
        "digit" => Digit,
        "space" => Space,
        "word" => Word,
        "xdigit" => HexDigit,
        "punct" => Property("P")!.Or(new CodePointSet(static point => point is '$' or '+' or '<' or '=' or '>' or '^' or '`' or '|' or '~')),
        _ => null,
    };

    private static CodePointSet Of(UnicodeCategory[] categories) => new(point => Array.IndexOf(categories, CodePoints.Category(point)) >= 0);

    private static CodePointSet Script((int First, int Last)[] ranges) => new(point =>
    {
        foreach (var (first, last) in ranges)
        {
            if (point >= first && point <= last)
            {
                return true;
            }
        }

        return false;
    });
}
