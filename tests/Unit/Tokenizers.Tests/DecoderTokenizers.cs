using System.Text;
using System.Text.Json.Nodes;

namespace Atropos.Tokenizers.Tests;

/// <summary>Small tokenizers for decoding alone: a row of tokens, ids in their order, and a decoder.</summary>
internal static class DecoderTokenizers
{
    public const string Llama = """
        {"type": "Sequence", "decoders": [{"type": "Replace", "pattern": {"String": "▁"}, "content": " "}, {"type": "ByteFallback"},
         {"type": "Fuse"}, {"type": "Strip", "content": " ", "start": 1, "stop": 0}]}
        """;

    /// <summary>Tokens that matter to one decoder or another.</summary>
    public static readonly string[] Pieces =
    [
        "a", "b", "##b", "##", "##b##c", "", "▁", "▁a", "▁▁a▁", " ", "  x ", "a</w>", "</w>", "x</w>y</w>", "</", "w>",
        "<pad>", "<pad>a", "|", "a|b", ".", " .", "'", "n't", "'s", "do not", " do", " not", " ' ", "#", "t", "tt", "ttt", "é", "中", "👍", "Ġa", "Ã", "©",
        "<0x41>", "<0x+A>", "<0xC3>", "<0xA9>", "<0xa9>", "<0xF0>", "<0x9F>", "<0x91>", "<0x8D>", "<0xE2>", "<0x96>", "<0x81>", "<0x", "41>", "<0xZZ>",
    ];

    /// <summary>A tokenizer whose ids are <paramref name="tokens"/>' places, with added tokens behind them: special ones but for the last.</summary>
    public static Tokenizer Load(string decoder, string[] tokens, params string[] added)
    {
        var vocabulary = new JsonObject();
        foreach (var token in tokens)
        {
            vocabulary[token] = vocabulary.Count;
        }

        return Tiny.Load(new JsonObject
        {
            ["added_tokens"] = new JsonArray(
                [.. added.Select((content, index) => Tiny.Added(tokens.Length + index, content, special: added.Length == 1 || index < added.Length - 1))]),
            ["decoder"] = JsonNode.Parse(decoder),
            ["model"] = new JsonObject { ["type"] = "BPE", ["vocab"] = vocabulary, ["merges"] = new JsonArray() },
        });
    }

    /// <summary>Loads with just these tokens and decodes them in their order.</summary>
    public static string Decode(string decoder, params string[] tokens)
    {
        string[] distinct = [.. tokens.Distinct()];
        var tokenizer = Load(decoder, distinct);
        int[] ids = [.. tokens.Select(token => Array.IndexOf(distinct, token))];
        var whole = tokenizer.Decode(ids, skipSpecialTokens: false);
        Assert.Equal(whole, Streamed(tokenizer, ids, default));
        Assert.Equal(whole, Run(tokenizer.CreateStagedDecoder(default), ids));
        return whole;
    }

    public static string Streamed(Tokenizer tokenizer, ReadOnlySpan<int> ids, DecodeOptions options) => Run(tokenizer.CreateDecoder(options), ids);

    public static string Run(IncrementalDecoder decoder, ReadOnlySpan<int> ids)
    {
        var text = new StringBuilder();
        foreach (var id in ids)
        {
            decoder.Append(id, text);
        }

        decoder.Flush(text);
        return text.ToString();
    }
}
