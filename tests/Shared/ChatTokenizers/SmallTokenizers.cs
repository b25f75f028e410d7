using System.Text;
using System.Text.Json.Nodes;
using Atropos.ReferenceModel;
using Atropos.Tokenizers;

namespace Atropos.TestSupport;

/// <summary>Small tokenizers of the two great kinds, with a template's special tokens among their own.</summary>
internal static class SmallTokenizers
{
    /// <summary>Byte-level BPE, as GPT-2's descendants have it.</summary>
    /// <param name="specialTokens">The special tokens to add.</param>
    /// <param name="change">Changes how one of them is looked for; null leaves all plain.</param>
    public static Tokenizer ByteLevel(IReadOnlyCollection<string> specialTokens, Action<JsonObject>? change = null)
    {
        var root = JsonNode.Parse(ReferenceModelAssets.TokenizerJson.Span)!.AsObject();
        return Load(root, specialTokens, change);
    }

    /// <summary>BPE over characters with byte fall-back and a space before each text, as Llama 2 has it.</summary>
    /// <param name="specialTokens">See above.</param>
    /// <param name="change">See above.</param>
    public static Tokenizer SentencePiece(IReadOnlyCollection<string> specialTokens, Action<JsonObject>? change = null)
    {
        var vocabulary = new JsonObject { ["<unk>"] = 0 };
        for (var value = 0; value < 256; value++)
        {
            vocabulary[$"<0x{value:X2}>"] = vocabulary.Count;
        }

        foreach (var piece in Enumerable.Range(33, 94).Select(value => ((char)value).ToString()).Append("▁"))
        {
            vocabulary[piece] = vocabulary.Count;
        }

        var merges = new JsonArray();
        foreach (var (left, right) in new[] { ("▁", "W"), ("e", "r"), ("o", "r"), ("▁", "▁"), ("w", "or"), ("u", "s"), ("us", "er"), ("▁", "us"), ("<", "/"), ("d", "z") })
        {
            merges.Add(new JsonArray(left, right));
            vocabulary[left + right] ??= vocabulary.Count;
        }

        var root = new JsonObject
        {
            ["version"] = "1.0",
            ["added_tokens"] = new JsonArray(),
            ["normalizer"] = new JsonObject
            {
                ["type"] = "Sequence",
                ["normalizers"] = new JsonArray(
                    new JsonObject { ["type"] = "Prepend", ["prepend"] = "▁" },
                    new JsonObject { ["type"] = "Replace", ["pattern"] = new JsonObject { ["String"] = " " }, ["content"] = "▁" }),
            },
            ["pre_tokenizer"] = null,
            ["post_processor"] = null,
            ["decoder"] = new JsonObject
            {
                ["type"] = "Sequence",
                ["decoders"] = new JsonArray(
                    new JsonObject { ["type"] = "Replace", ["pattern"] = new JsonObject { ["String"] = "▁" }, ["content"] = " " },
                    new JsonObject { ["type"] = "ByteFallback" },
                    new JsonObject { ["type"] = "Fuse" },
                    new JsonObject { ["type"] = "Strip", ["content"] = " ", ["start"] = 1, ["stop"] = 0 }),
            },
            ["model"] = new JsonObject
            {
                ["type"] = "BPE",
                ["unk_token"] = "<unk>",
                ["fuse_unk"] = true,
                ["byte_fallback"] = true,
                ["vocab"] = vocabulary,
                ["merges"] = merges,
            },
        };
        return Load(root, specialTokens, change);
    }

    private static Tokenizer Load(JsonObject root, IReadOnlyCollection<string> specialTokens, Action<JsonObject>? change)
    {
        var added = root["added_tokens"]!.AsArray();
        var vocabulary = root["model"]!["vocab"]!.AsObject();
        var next = Math.Max(
            vocabulary.Max(entry => entry.Value!.GetValue<int>()), added.Count == 0 ? 0 : added.Max(token => token!["id"]!.GetValue<int>())) + 1;
        var known = added.Select(token => token!["content"]!.GetValue<string>()).ToHashSet(StringComparer.Ordinal);
        foreach (var token in specialTokens.Where(known.Add))
        {
            var item = new JsonObject
            {
                ["id"] = vocabulary.TryGetPropertyValue(token, out var id) && id is not null ? id.GetValue<int>() : next++,
                ["content"] = token,
                ["single_word"] = false,
                ["lstrip"] = false,
                ["rstrip"] = false,
                ["normalized"] = false,
                ["special"] = true,
            };
            change?.Invoke(item);
            added.Add(item);
        }

        return Tokenizer.FromJson(Encoding.UTF8.GetBytes(root.ToJsonString()));
    }
}
