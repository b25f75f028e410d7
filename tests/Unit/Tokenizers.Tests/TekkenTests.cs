using System.Text.Json.Nodes;
using Atropos.TestSupport;

namespace Atropos.Tokenizers.Tests;

public sealed class TekkenTests
{
    [Fact]
    public void Ids_are_shifted_by_the_special_tokens()
    {
        using var folder = new TemporaryFolder();
        folder.Write("tekken.json", Tekken(["ab", "abab", "never"], used: 258).ToJsonString());

        var tokenizer = Tokenizer.FromFolder(folder.Path);

        Assert.Equal([1, 267, 267, 98 + 10, 3, 43], tokenizer.Encode("ababababb[INST]!", addSpecialTokens: true)[..6]);
        Assert.Equal(268, tokenizer.VocabularySize);
        Assert.Equal(["<unk>", "<s>", "</s>", "[INST]", "<SPECIAL_4>"], Enumerable.Range(0, 5).Select(id => tokenizer.IdToToken(id)));
        Assert.Equal("abab", tokenizer.Decode([1, 267, 2], skipSpecialTokens: true));
        Assert.Equal((1, 2, "<unk>"), (tokenizer.Settings.BosTokenId, tokenizer.Settings.EosTokenId, tokenizer.Settings.UnkToken));
        Assert.All(Enumerable.Range(0, 10), id => Assert.True(tokenizer.IsSpecial(id)));
    }

    [Fact]
    public void An_early_file_without_special_tokens_has_those_of_its_time()
    {
        using var folder = new TemporaryFolder();
        var json = Tekken(["ab"], used: 257);
        json.Remove("special_tokens");
        folder.Write("tekken.json", json.ToJsonString());

        var tokenizer = Tokenizer.FromFolder(folder.Path);

        Assert.Equal([3, 4], tokenizer.Encode("[INST][/INST]", addSpecialTokens: false));
        Assert.Equal("[TOOL_CALLS]", tokenizer.IdToToken(9));
    }

    [Theory]
    [InlineData("$.config.pattern: expected a string, found nothing", "config", """{"default_vocab_size": 267, "default_num_special_tokens": 10}""")]
    [InlineData("$.vocab: expected the 300 ranks", "config", """{"pattern": ".", "default_vocab_size": 310, "default_num_special_tokens": 10}""")]
    [InlineData("$.special_tokens[0].rank: expected 0 to 9", "special_tokens", """[{"rank": 10, "token_str": "<x>", "is_control": true}]""")]
    [InlineData("$.vocab[0].token_bytes: expected bytes in base64, found '?'", "vocab", """[{"rank": 0, "token_bytes": "?"}]""")]
    public void A_broken_file_is_refused_by_key(string expected, string section, string value)
    {
        using var folder = new TemporaryFolder();
        var json = Tekken(["ab"], used: 257);
        json[section] = JsonNode.Parse(value);
        folder.Write("tekken.json", json.ToJsonString());

        var error = Assert.Throws<TokenizerLoadException>(() => Tokenizer.FromFolder(folder.Path));

        Assert.Contains("tekken.json: " + expected, error.Message, StringComparison.Ordinal);
    }

    private static JsonObject Tekken(string[] tokens, int used)
    {
        var vocabulary = new JsonArray();
        foreach (var bytes in Enumerable.Range(0, 256).Select(value => new[] { (byte)value }).Concat(tokens.Select(System.Text.Encoding.UTF8.GetBytes)))
        {
            vocabulary.Add(new JsonObject { ["rank"] = vocabulary.Count, ["token_bytes"] = Convert.ToBase64String(bytes), ["token_str"] = null });
        }

        return new JsonObject
        {
            ["config"] = new JsonObject
            {
                ["pattern"] = @"\w+|[^\w]",
                ["num_vocab_tokens"] = vocabulary.Count,
                ["default_vocab_size"] = used + 10,
                ["default_num_special_tokens"] = 10,
                ["version"] = "v3",
            },
            ["vocab"] = vocabulary,
            ["special_tokens"] = new JsonArray([.. new[] { "<unk>", "<s>", "</s>", "[INST]" }.Select(
                (name, rank) => (JsonNode)new JsonObject { ["rank"] = rank, ["token_str"] = name, ["is_control"] = true })]),
        };
    }
}
