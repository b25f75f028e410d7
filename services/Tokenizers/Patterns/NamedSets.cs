using System.Globalization;
using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Patterns;

/// <summary>Properties and classes by name.</summary>
internal static class NamedSets
{
    private static readonly Dictionary<string, UnicodeCategory[]> Categories = new(StringComparer.Ordinal)
    {
        ["LU"] = [UnicodeCategory.UppercaseLetter],
        ["LL"] = [UnicodeCategory.LowercaseLetter],
        ["LT"] = [UnicodeCategory.TitlecaseLetter],
        ["LM"] = [UnicodeCategory.ModifierLetter],
        ["LO"] = [UnicodeCategory.OtherLetter],
        ["MN"] = [UnicodeCategory.NonSpacingMark],
        ["MC"] = [UnicodeCategory.SpacingCombiningMark],
        ["ME"] = [UnicodeCategory.EnclosingMark],
        ["ND"] = [UnicodeCategory.DecimalDigitNumber],
        ["NL"] = [UnicodeCategory.LetterNumber],
        ["NO"] = [UnicodeCategory.OtherNumber],
        ["ZS"] = [UnicodeCategory.SpaceSeparator],
        ["ZL"] = [UnicodeCategory.LineSeparator],
        ["ZP"] = [UnicodeCategory.ParagraphSeparator],
        ["CC"] = [UnicodeCategory.Control],
        ["CF"] = [UnicodeCategory.Format],
        ["CS"] = [UnicodeCategory.Surrogate],
        ["CO"] = [UnicodeCategory.PrivateUse],
        ["CN"] = [UnicodeCategory.OtherNotAssigned],
        ["PC"] = [UnicodeCategory.ConnectorPunctuation],
        ["PD"] = [UnicodeCategory.DashPunctuation],
        ["PS"] = [UnicodeCategory.OpenPunctuation],
        ["PE"] = [UnicodeCategory.ClosePunctuation],
        ["PI"] = [UnicodeCategory.InitialQuotePunctuation],
        ["PF"] = [UnicodeCategory.FinalQuotePunctuation],
        ["PO"] = [UnicodeCategory.OtherPunctuation],
        ["SM"] = [UnicodeCategory.MathSymbol],
        ["SC"] = [UnicodeCategory.CurrencySymbol],
        ["SK"] = [UnicodeCategory.ModifierSymbol],
        ["SO"] = [UnicodeCategory.OtherSymbol],
    };

    public static readonly CodePointSet Any = new(static _ => true);
    public static readonly CodePointSet Dot = new(static point => point != '\n');
    public static readonly CodePointSet Digit = new(static point => CodePoints.Category(point) == UnicodeCategory.DecimalDigitNumber);
    public static readonly CodePointSet Space = new(CodePoints.IsWhiteSpace);
    public static readonly CodePointSet Word = new(CodePoints.IsWord);
    public static readonly CodePointSet Alphabetic = CodePointSet.Between(UnicodeSets.Bounds("property/Alphabetic"));

    public static readonly CodePointSet Graph = new(static point => !CodePoints.IsWhiteSpace(point)
        && CodePoints.Category(point) is not (UnicodeCategory.Control or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned));


    /// <summary>What <c>\w</c> takes outside a class, and <c>\b</c> stands beside: a few numbers of Latin-1 too.</summary>
    public static readonly CodePointSet WordOutside = new(static point =>
        CodePoints.IsWord(point) || point is 0xB2 or 0xB3 or 0xB9 or (>= 0xBC and <= 0xBE));

    public static readonly CodePointSet HexDigit = new(static point => point < 128 && char.IsAsciiHexDigit((char)point));

    /// <summary>The set of <c>\p{name}</c>, or null for a name that is not known here.</summary>
    public static CodePointSet? Property(string name)
    {
        var simple = Simplify(name);
        if (Categories.TryGetValue(simple, out var category))
        {
            return Of(category);
        }

        if (simple is ['L' or 'M' or 'N' or 'P' or 'S' or 'Z' or 'C'])
        {
            return Of([.. Categories.Where(entry => entry.Key[0] == simple[0]).SelectMany(static entry => entry.Value)]);
        }

        return simple switch
        {
            "LETTER" => Property("L"),
            "MARK" => Property("M"),
            "NUMBER" => Property("N"),
            "PUNCTUATION" or "PUNCT" => Property("P"),
            "SYMBOL" => Property("S"),
            "SEPARATOR" => Property("Z"),
            "OTHER" => Property("C"),
            "LC" or "CASEDLETTER" => Of(Categories["LU"].Concat(Categories["LL"]).Concat(Categories["LT"]).ToArray()),
            "ANY" => Any,
            "ASSIGNED" => Of(Categories["CN"]).Not(),
            "WHITESPACE" => Space,
            _ => Posix(simple.ToLowerInvariant()) ?? (UnicodeSets.Property(ScriptAliases.Resolve(simple)) is { } bounds ? CodePointSet.Between(bounds) : null),
        };
    }

    /// <summary>The set of <c>[:name:]</c>, or null for a name that is not known here.</summary>
    public static CodePointSet? Posix(string name) => name switch
    {
        "alpha" => Alphabetic,
        "alnum" => Alphabetic.Or(Digit),
        "upper" => CodePointSet.Between(UnicodeSets.Bounds("property/Uppercase")),
        "lower" => CodePointSet.Between(UnicodeSets.Bounds("property/Lowercase")),
        "digit" => Digit,
        "space" => Space,
        "blank" => new CodePointSet(static point => point == '\t' || CodePoints.Category(point) == UnicodeCategory.SpaceSeparator),
        "cntrl" => Of([UnicodeCategory.Control]),
        "graph" => Graph,
        "print" => Graph.Or(Of([UnicodeCategory.SpaceSeparator])),
        "word" => Word,
        "xdigit" => HexDigit,
        "ascii" => new CodePointSet(static point => point < 128),
        "punct" => Property("P")!.Or(Property("S")!),
        _ => null,
    };

    private static string Simplify(string name) => name.ToUpperInvariant()
        .Replace("_", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);

    private static CodePointSet Of(UnicodeCategory[] categories) => new(point => Array.IndexOf(categories, CodePoints.Category(point)) >= 0);
}
