using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Tests;

/// <summary>Small tokenizers made in the test.</summary>
internal static class Tiny
{
    public const string Gpt2 = """{"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true}""";

    public const string ByteLevelOnly = """{"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": false}""";

    /// <summary>A byte-level BPE: the 256 bytes, then one token for each merge, then the added tokens.</summary>
    public static JsonObject ByteLevel(string[] merges, string[]? added = null, string preTokenizer = Gpt2)
    {
        var vocabulary = new JsonObject();
        for (var value = 0; value < 256; value++)
        {
            vocabulary[ByteAlphabet.ToChar((byte)value).ToString()] = value;
        }

        foreach (var merge in merges)
        {
            vocabulary.TryAdd(merge.Replace(" ", "", StringComparison.Ordinal), vocabulary.Count);
        }

        var tokens = new JsonArray();
        foreach (var content in added ?? [])
        {
            tokens.Add(Added(vocabulary.Count + tokens.Count, content));
        }

        return new JsonObject
        {
            ["added_tokens"] = tokens,
            ["normalizer"] = null,
            ["pre_tokenizer"] = JsonNode.Parse(preTokenizer),
            ["post_processor"] = null,
            ["decoder"] = JsonNode.Parse(Gpt2),
            ["model"] = new JsonObject
            {
                ["type"] = "BPE",
                ["vocab"] = vocabulary,
                ["merges"] = new JsonArray([.. merges.Select(merge => (JsonNode)merge)]),
            },
        };
    }

    /// <summary>A SentencePiece-like BPE over characters with byte tokens behind them.</summary>
    public static JsonObject ByteFallback()
    {
        var vocabulary = new JsonObject { ["<unk>"] = 0 };
        for (var value = 0; value < 256; value++)
        {
            vocabulary[$"<0x{value:X2}>"] = vocabulary.Count;
        }

        foreach (var token in new[] { "▁", "a", "b", "ab", "▁ab" })
        {
            vocabulary[token] = vocabulary.Count;
        }

        return new JsonObject
        {
            ["added_tokens"] = new JsonArray(),
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
                ["fuse_unk"] = true,
                ["byte_fallback"] = true,
                ["vocab"] = vocabulary,
                ["merges"] = JsonNode.Parse("""[["a", "b"], ["▁", "ab"]]"""),
            },
        };
    }

    public static JsonObject Added(int id, string content, bool special = true, params string[] flags) => new()
    {
        ["id"] = id,
        ["content"] = content,
        ["special"] = special,
        ["lstrip"] = flags.Contains("lstrip"),
        ["rstrip"] = flags.Contains("rstrip"),
        ["single_word"] = flags.Contains("single_word"),
        ["normalized"] = flags.Contains("normalized"),
    };

    public static Tokenizer Load(JsonNode json) => Tokenizer.FromJson(Encoding.UTF8.GetBytes(json.ToJsonString()));

    public static string[] Tokens(this Tokenizer tokenizer, string text) =>
        [.. tokenizer.Encode(text, addSpecialTokens: false).Select(id => tokenizer.IdToToken(id)!)];

    public static Tokenizer With(JsonObject json, string section, string value)
    {
        json[section] = JsonNode.Parse(value);
        return Load(json);
    }

    public static string Split(string expression, string behavior = "Isolated", bool invert = false) =>
        "{\"type\": \"Split\", \"pattern\": {\"Regex\": " + JsonSerializer.Serialize(expression) + "}, \"behavior\": \"" + behavior
        + "\", \"invert\": " + (invert ? "true" : "false") + "}";
}
