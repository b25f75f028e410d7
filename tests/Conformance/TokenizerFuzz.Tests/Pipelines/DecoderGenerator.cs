using System.Text.Json.Nodes;

namespace Atropos.TokenizerFuzz.Tests.Pipelines;

/// <summary>Random decoders and sequences of them.</summary>
internal sealed class DecoderGenerator(Random random)
{
    public JsonObject? Next(bool bytes)
    {
        if (bytes && random.Next(4) > 0)
        {
            return ByteLevel();
        }

        return random.OneIn(6) ? null : random.Steps("decoders", Step);
    }

    private static JsonObject ByteLevel() => new()
    {
        ["type"] = "ByteLevel",
        ["add_prefix_space"] = true,
        ["trim_offsets"] = true,
        ["use_regex"] = true,
    };

    private JsonObject Step() => random.Next(10) switch
    {
        0 => ByteLevel(),
        1 => Chance.Named("ByteFallback"),
        2 => Chance.Named("Fuse"),
        3 => PreTokenizerGenerator.Metaspace(random),
        4 => new JsonObject { ["type"] = "WordPiece", ["prefix"] = random.Pick("##", "##", "@", ""), ["cleanup"] = random.Coin() },
        5 => new JsonObject { ["type"] = "BPEDecoder", ["suffix"] = random.Pick("</w>", "</w>", "a", " ") },
        6 => new JsonObject
        {
            ["type"] = "CTC",
            ["pad_token"] = random.Pick("<pad>", "a"),
            ["word_delimiter_token"] = random.Pick("|", "e"),
            ["cleanup"] = random.Coin(),
        },
        7 => new JsonObject
        {
            ["type"] = "Replace",
            ["pattern"] = random.Coin()
                ? new JsonObject { ["String"] = random.Pick("▁", "a", "Ġ", " ", "</w>") }
                : new JsonObject { ["Regex"] = random.Pick("[aeiou]", @"\s+", "^▁", "a|b", @"\p{Lu}") },
            ["content"] = random.Pick(" ", "", "x", "▁", "ab"),
        },
        8 => new JsonObject { ["type"] = "Strip", ["content"] = random.Pick(" ", "a", "▁"), ["start"] = random.Next(3), ["stop"] = random.Next(3) },
        _ => Chance.Named("ByteFallback"),
    };
}
