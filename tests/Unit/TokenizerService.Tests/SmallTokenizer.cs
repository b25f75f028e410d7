using System.Text.Json.Nodes;
using Atropos.TokenizerService.Registry;

namespace Atropos.TokenizerService.Tests;

/// <summary>A tokenizer of bytes that puts a space before a text, with added tokens of every kind that end a turn.</summary>
internal static class SmallTokenizer
{
    /// <summary>Takes in the white space after it.</summary>
    public const string StrippingEnd = "<|end|>";

    /// <summary>Is looked for in normalized text, so that what follows it does not begin a text.</summary>
    public const string NormalizedEnd = "</s>";

    /// <summary>Ends a turn by the configuration alone, and is never encoded to.</summary>
    public const string OrdinaryEnd = "END";

    public const string User = "<|user|>";

    public static Tokenizers.Tokenizer Tokenizer => Loaded.Tokenizer;

    public static TestCalls Calls => new(Loaded);

    private static readonly LoadedTokenizer Loaded = Load();

    public static int Id(string token) => Tokenizer.TokenToId(token)!.Value;

    public static int[] Encode(string text) => Tokenizer.Encode(text, addSpecialTokens: false);

    /// <summary>Writes its files, with further tokens where they are to differ.</summary>
    public static void Write(string folder, params string[] furtherTokens)
    {
        Directory.CreateDirectory(folder);
        var json = Json();
        foreach (var token in furtherTokens)
        {
            var added = json["added_tokens"]!.AsArray();
            added.Add(Added(259 + added.Count, token));
        }

        File.WriteAllText(Path.Combine(folder, "tokenizer.json"), json.ToJsonString());
        File.WriteAllText(Path.Combine(folder, "generation_config.json"), """{"eos_token_id": [258, 260, 261]}""");
    }

    private static LoadedTokenizer Load()
    {
        var folder = Directory.CreateTempSubdirectory("atropos-tokenizer-");
        try
        {
            Write(folder.FullName);
            return LoadedTokenizer.Load(new TokenizerSource("small", folder.FullName), folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static JsonObject Json()
    {
        var vocabulary = new JsonObject { ["<unk>"] = 0 };
        for (var value = 0; value < 256; value++)
        {
            vocabulary[$"<0x{value:X2}>"] = vocabulary.Count;
        }

        vocabulary["▁"] = 257;
        vocabulary[OrdinaryEnd] = 258;
        return new JsonObject
        {
            ["added_tokens"] = new JsonArray(
                Added(259, User), Added(260, StrippingEnd, rightStrip: true), Added(261, NormalizedEnd, normalized: true)),
            ["normalizer"] = JsonNode.Parse(
                """{"type": "Sequence", "normalizers": [{"type": "Prepend", "prepend": "▁"}, {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}]}"""),
            ["decoder"] = JsonNode.Parse(
                """
                {"type": "Sequence", "decoders": [{"type": "Replace", "pattern": {"String": "▁"}, "content": " "}, {"type": "ByteFallback"},
                 {"type": "Fuse"}, {"type": "Strip", "content": " ", "start": 1, "stop": 0}]}
                """),
            ["model"] = new JsonObject
            {
                ["type"] = "BPE",
                ["unk_token"] = "<unk>",
                ["byte_fallback"] = true,
                ["vocab"] = vocabulary,
                ["merges"] = new JsonArray(),
            },
        };
    }

    private static JsonObject Added(int id, string content, bool rightStrip = false, bool normalized = false) => new()
    {
        ["id"] = id,
        ["content"] = content,
        ["special"] = true,
        ["lstrip"] = false,
        ["rstrip"] = rightStrip,
        ["single_word"] = false,
        ["normalized"] = normalized,
    };
}
