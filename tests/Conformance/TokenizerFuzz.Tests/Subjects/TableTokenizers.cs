using System.Text;
using System.Text.Json.Nodes;

namespace Atropos.TokenizerFuzz.Tests.Subjects;

/// <summary>Byte-level tokenizers with one stage each that looks code points up in tables.</summary>
internal static class TableTokenizers
{
    private static readonly string[] Normalizers =
    [
        """{"type": "NFC"}""", """{"type": "NFD"}""", """{"type": "NFKC"}""", """{"type": "NFKD"}""", """{"type": "Lowercase"}""", """{"type": "Nmt"}""",
        """{"type": "StripAccents"}""",
        """{"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": true, "lowercase": true}""",
    ];

    private static readonly string[] PreTokenizers =
    [
        """{"type": "Whitespace"}""", """{"type": "WhitespaceSplit"}""", """{"type": "BertPreTokenizer"}""", """{"type": "UnicodeScripts"}""",
        """{"type": "Punctuation", "behavior": "Isolated"}""", """{"type": "Digits", "individual_digits": true}""",
        """{"type": "Split", "pattern": {"Regex": "\\p{L}+|\\p{N}+|\\p{M}+|\\s+"}, "behavior": "Isolated", "invert": false}""",
        """{"type": "Split", "pattern": {"Regex": "\\w+|[[:punct:]]"}, "behavior": "Isolated", "invert": false}""",
    ];

    public static IEnumerable<(string Name, byte[] Json)> All() =>
    [
        .. Normalizers.Select(normalizer => (normalizer, File(JsonNode.Parse(normalizer), null))),
        .. PreTokenizers.Select(preTokenizer => (preTokenizer, File(null, JsonNode.Parse(preTokenizer)))),
    ];

    private static byte[] File(JsonNode? normalizer, JsonNode? preTokenizer)
    {
        var vocabulary = new JsonObject();
        foreach (var letter in ByteLetters.All)
        {
            vocabulary[letter.ToString()] = vocabulary.Count;
        }

        var bytes = new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["trim_offsets"] = false, ["use_regex"] = false };
        return Encoding.UTF8.GetBytes(new JsonObject
        {
            ["version"] = "1.0",
            ["added_tokens"] = new JsonArray(),
            ["normalizer"] = normalizer,
            ["pre_tokenizer"] = preTokenizer is null
                ? bytes.DeepClone()
                : new JsonObject { ["type"] = "Sequence", ["pretokenizers"] = new JsonArray(preTokenizer, bytes.DeepClone()) },
            ["post_processor"] = null,
            ["decoder"] = bytes,
            ["model"] = new JsonObject { ["type"] = "BPE", ["vocab"] = vocabulary, ["merges"] = new JsonArray() },
        }.ToJsonString());
    }
}
