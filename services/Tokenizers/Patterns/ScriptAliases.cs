using System.Collections.Frozen;

namespace Atropos.Tokenizers.Patterns;

/// <summary>The four-letter names of the scripts that are written by them.</summary>
internal static class ScriptAliases
{
    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>
    {
        ["ARAB"] = "Arabic",
        ["ARMN"] = "Armenian",
        ["BENG"] = "Bengali",
        ["BOPO"] = "Bopomofo",
        ["CHER"] = "Cherokee",
        ["COPT"] = "Coptic",
        ["CYRL"] = "Cyrillic",
        ["DEVA"] = "Devanagari",
        ["ETHI"] = "Ethiopic",
        ["GEOR"] = "Georgian",
        ["GREK"] = "Greek",
        ["GUJR"] = "Gujarati",
        ["GURU"] = "Gurmukhi",
        ["HANG"] = "Hangul",
        ["HANI"] = "Han",
        ["HEBR"] = "Hebrew",
        ["HIRA"] = "Hiragana",
        ["KANA"] = "Katakana",
        ["KHMR"] = "Khmer",
        ["KNDA"] = "Kannada",
        ["LAOO"] = "Lao",
        ["LATN"] = "Latin",
        ["MLYM"] = "Malayalam",
        ["MONG"] = "Mongolian",
        ["MYMR"] = "Myanmar",
        ["ORYA"] = "Oriya",
        ["SINH"] = "Sinhala",
        ["SYRC"] = "Syriac",
        ["TAML"] = "Tamil",
        ["TELU"] = "Telugu",
        ["THAA"] = "Thaana",
        ["TIBT"] = "Tibetan",
        ["ZINH"] = "Inherited",
        ["ZYYY"] = "Common",
    }.ToFrozenDictionary();

    /// <summary>The full name of a script, or the name as it is.</summary>
    public static string Resolve(string name) => Names.GetValueOrDefault(name, name);
}
