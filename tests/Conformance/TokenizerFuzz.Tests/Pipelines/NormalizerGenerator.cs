using System.Text.Json.Nodes;

namespace Atropos.TokenizerFuzz.Tests.Pipelines;

/// <summary>Random normalizers and sequences of them.</summary>
internal sealed class NormalizerGenerator(Random random)
{
    public JsonObject? Next() => random.OneIn(4) ? null : random.Steps("normalizers", Step);

    private JsonObject Step() => random.Next(14) switch
    {
        0 => Chance.Named("NFC"),
        1 => Chance.Named("NFD"),
        2 => Chance.Named("NFKC"),
        3 => Chance.Named("NFKD"),
        4 => Chance.Named("Lowercase"),
        5 => new JsonObject { ["type"] = "Strip", ["strip_left"] = random.Coin(), ["strip_right"] = random.Coin() },
        6 => Chance.Named("StripAccents"),
        7 or 8 => Replace(),
        9 => new JsonObject { ["type"] = "Prepend", ["prepend"] = random.Pick("▁", "x", " ", "ab", "é", "😀") },
        10 or 11 => new JsonObject
        {
            ["type"] = "BertNormalizer",
            ["clean_text"] = random.Coin(),
            ["handle_chinese_chars"] = random.Coin(),
            ["strip_accents"] = random.Pick<bool?>(null, true, false),
            ["lowercase"] = random.Coin(),
        },
        12 => Chance.Named("Nmt"),
        _ => random.OneIn(3) ? Chance.Named("ByteLevel") : Chance.Named("NFC"),
    };

    private JsonObject Replace()
    {
        var literal = random.Coin();
        return new JsonObject
        {
            ["type"] = "Replace",
            ["pattern"] = literal
                ? new JsonObject { ["String"] = random.Pick(" ", "a", "e\u0301", "''", "..", "the", "\n", "▁", "  ", "😀") }
                : new JsonObject { ["Regex"] = random.Pick(" {2,}", @"\s+", @"\d", "[aeiou]", @"^\s+", @"\s+$", "(?<=a)b", @"\p{Mn}", "x|y", @"\n+", "(a)(b)?") },
            ["content"] = random.Pick("", " ", "▁", "x", "…", "ab", "$1", "é", "\\"),
        };
    }
}
