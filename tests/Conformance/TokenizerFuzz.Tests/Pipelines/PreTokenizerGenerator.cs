using System.Text.Json.Nodes;

namespace Atropos.TokenizerFuzz.Tests.Pipelines;

/// <summary>Random pre-tokenizers and sequences of them.</summary>
internal sealed class PreTokenizerGenerator(Random random)
{
    public static readonly string[] Behaviors = ["Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous"];

    private static readonly string[] Expressions =
    [
        @"\s+", @"\d{1,3}", @"\p{L}+|\p{N}+|[^\s\p{L}\p{N}]+|\s+", @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+", @"[,.]", @"(?=[A-Z])",
        "a*", @"\w+", @"\b", @"(?i:the|of)", @"[\r\n]+", @"^.", ".$", @"[一-龥]+", @"\S",
    ];

    /// <param name="bytes">Whether the model's vocabulary is in the byte alphabet, so that ByteLevel must come last.</param>
    public JsonObject? Next(bool bytes)
    {
        if (!bytes)
        {
            return random.OneIn(5) ? null : random.Steps("pretokenizers", Step);
        }

        if (random.Coin())
        {
            return ByteLevel();
        }

        var steps = new JsonArray();
        for (var count = random.Next(0, 3); count > 0; count--)
        {
            steps.Add(Step());
        }

        steps.Add(ByteLevel());
        return new JsonObject { ["type"] = "Sequence", ["pretokenizers"] = steps };
    }

    private JsonObject Step() => random.Next(14) switch
    {
        0 => random.OneIn(4) ? ByteLevel() : Split(),
        1 or 2 => Split(),
        3 => Metaspace(random),
        4 => Chance.Named("Whitespace"),
        5 => Chance.Named("WhitespaceSplit"),
        6 => Chance.Named("BertPreTokenizer"),
        7 => new JsonObject { ["type"] = "Punctuation", ["behavior"] = random.Pick(Behaviors) },
        8 => new JsonObject { ["type"] = "Digits", ["individual_digits"] = random.Coin() },
        9 => new JsonObject { ["type"] = "CharDelimiterSplit", ["delimiter"] = random.Pick(" ", "a", "▁", "-", "\n", "😀") },
        10 => Chance.Named("UnicodeScripts"),
        11 => new JsonObject { ["type"] = "FixedLength", ["length"] = random.Next(1, 9) },
        12 => Metaspace(random),
        _ => Split(),
    };

    public static JsonObject Metaspace(Random random) => new()
    {
        ["type"] = "Metaspace",
        ["replacement"] = random.Pick("▁", "▁", "▁", "_", "😀"),
        ["prepend_scheme"] = random.Pick("always", "first", "never"),
        ["split"] = random.Coin(),
    };

    private JsonObject ByteLevel() => new()
    {
        ["type"] = "ByteLevel",
        ["add_prefix_space"] = random.Coin(),
        ["trim_offsets"] = random.Coin(),
        ["use_regex"] = random.Coin(),
    };

    private JsonObject Split() => new()
    {
        ["type"] = "Split",
        ["pattern"] = random.OneIn(4)
            ? new JsonObject { ["String"] = random.Pick(" ", "a", "▁", "the", "\n", "é", "😀", "aa") }
            : new JsonObject { ["Regex"] = random.Pick(Expressions) },
        ["behavior"] = random.Pick(Behaviors),
        ["invert"] = random.Coin(),
    };
}
