using System.Text;
using Atropos.TestSupport;

namespace Atropos.Tokenizers.Tests;

public sealed class TiktokenTests
{
    private static readonly string[] Bytes = [.. Enumerable.Range(0, 256).Select(value => ((char)value).ToString())];

    [Fact]
    public void Encoding_is_that_of_tiktoken_for_any_vocabulary()
    {
        var random = new Random(20261121);
        for (var round = 0; round < 150; round++)
        {
            using var folder = new TemporaryFolder();
            string[] tokens = [.. Bytes, .. RandomTokens(random)];
            var byRank = round % 2 == 0 ? tokens : Shuffle(random, tokens);
            var tokenizer = Tokenizer.FromFile(
                folder.Write("any.tiktoken", File(byRank)).File("any.tiktoken"), new TokenizerLoadOptions { SplitPattern = @"[\s\S]+" });
            var ranks = byRank.Select((token, rank) => (token, rank)).ToDictionary();
            for (var text = 0; text < 40; text++)
            {
                var piece = RandomText(random, random.Next(1, 80));

                Assert.True(
                    Direct(ranks, piece).SequenceEqual(tokenizer.Encode(piece, addSpecialTokens: false)),
                    $"round {round}, text '{piece}', tokens {string.Join(' ', byRank.Where(token => token.Length > 1))}");
            }
        }
    }

    [Fact]
    public void A_vocabulary_without_a_known_family_asks_for_the_pattern()
    {
        using var folder = new TemporaryFolder();
        folder.Write("x.tiktoken", File([.. Bytes, "ab"]));

        var error = Assert.Throws<TokenizerLoadException>(() => Tokenizer.FromFolder(folder.Path));
        var tokenizer = Tokenizer.FromFolder(folder.Path, new TokenizerLoadOptions
        {
            SplitPattern = @"\w+|[^\w]",
            SpecialTokens = new Dictionary<string, int> { ["<|end|>"] = 300 },
        });

        Assert.Contains("257 tokens", error.Message, StringComparison.Ordinal);
        Assert.Contains("TokenizerLoadOptions.SplitPattern", error.Message, StringComparison.Ordinal);
        Assert.Equal([256, 32, 256, 300], tokenizer.Encode("ab ab<|end|>", addSpecialTokens: false));
        Assert.Equal("ab", tokenizer.Decode([256, 300], skipSpecialTokens: true));
        Assert.Equal((301, "<|end|>"), (tokenizer.VocabularySize, tokenizer.IdToToken(300)));
    }

    [Fact]
    public void Special_tokens_and_roles_come_from_the_config_with_the_ids_it_says()
    {
        using var folder = new TemporaryFolder();
        folder.Write("tiktoken.model", File([.. Bytes, "ab"])).Write(
            "tokenizer_config.json",
            """
            {"added_tokens_decoder": {"290": {"content": "[EOS]", "special": true}, "280": {"content": "<|tool|>", "special": false}},
             "bos_token": {"content": "[BOS]"}, "eos_token": "[EOS]", "auto_map": {"AutoTokenizer": ["tokenization_kimi.TikTokenTokenizer", null]}}
            """).Write("generation_config.json", """{"eos_token_id": 280}""").Write("chat_template.jinja", "T");

        var tokenizer = Tokenizer.FromFolder(folder.Path);

        Assert.Equal([256, 280, 290, 257], tokenizer.Encode("ab<|tool|>[EOS]<|reserved_token_257|>", addSpecialTokens: true));
        Assert.Equal((true, false, true), (tokenizer.IsSpecial(290), tokenizer.IsSpecial(280), tokenizer.IsSpecial(512)));
        Assert.Equal(513, tokenizer.VocabularySize);
        Assert.Equal(("[EOS]", 290, "T"), (tokenizer.Settings.EosToken, tokenizer.Settings.EosTokenId, tokenizer.Settings.ChatTemplate));
        Assert.Equal([290, 280], tokenizer.Settings.EosTokenIds);

        // Kimi's pattern keeps Han together and takes numbers by three.
        Assert.Equal("漢字 12345", tokenizer.Decode(tokenizer.Encode("漢字 12345", false), false));
    }

    [Fact]
    public void Code_that_is_not_known_is_not_guessed_from_the_size()
    {
        using var folder = new TemporaryFolder();
        folder.Write("x.tiktoken", File([.. Bytes])).Write("tokenizer_config.json", """{"auto_map": {"AutoTokenizer": ["own.OwnTokenizer", null]}}""");

        var error = Assert.Throws<TokenizerLoadException>(() => Tokenizer.FromFolder(folder.Path));

        Assert.Contains("'own.OwnTokenizer'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tokenizer_model_of_tiktoken_lines_is_known_by_its_content()
    {
        using var folder = new TemporaryFolder();
        string[] filler = [.. Enumerable.Range(0, 128000 - 257).Select(index => $"\u0001{index:D6}")];
        folder.Write("tokenizer.model", File([.. Bytes, "ab", .. filler]));

        var tokenizer = Tokenizer.FromFolder(folder.Path);

        Assert.Equal([128000, 256, 128009], tokenizer.Encode("ab<|eot_id|>", addSpecialTokens: true));
        Assert.Equal(("<|begin_of_text|>", 128001), (tokenizer.Settings.BosToken, tokenizer.Settings.EosTokenId));
        Assert.Equal(128256, tokenizer.VocabularySize);
        Assert.Equal("<|reserved_special_token_247|>", tokenizer.IdToToken(128255));
    }

    [Theory]
    [InlineData("YQ== 0\nYQ== 1\n", "line 2: this token has already appeared, with rank 0")]
    [InlineData("YQ== 0\nYg==\n", "line 2: expected 'base64 rank', found 'Yg=='")]
    [InlineData("YQ== 0\nYg== x\n", "line 2: expected 'base64 rank'")]
    [InlineData("YQ== 0\nYg== 0\n", "byte 0x00 has none")]
    public void A_broken_vocabulary_is_refused_with_its_place(string content, string expected)
    {
        using var folder = new TemporaryFolder();
        folder.Write("x.tiktoken", content);

        var error = Assert.Throws<TokenizerLoadException>(
            () => Tokenizer.FromFolder(folder.Path, new TokenizerLoadOptions { SplitPattern = "." }));

        Assert.StartsWith(folder.File("x.tiktoken"), error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_that_clash_are_refused()
    {
        using var folder = new TemporaryFolder();
        folder.Write("x.tiktoken", File(Bytes));
        var options = new TokenizerLoadOptions { SplitPattern = ".", SpecialTokens = new Dictionary<string, int> { ["<x>"] = 7 } };

        var error = Assert.Throws<TokenizerLoadException>(() => Tokenizer.FromFolder(folder.Path, options));

        Assert.Contains("added token '<x>' has id 7, which clashes", error.Message, StringComparison.Ordinal);
    }

    /// <summary>tiktoken's rule, word for word: the whole piece if it is a token, else the leftmost pair of the lowest rank, again and again.</summary>
    private static List<int> Direct(Dictionary<string, int> ranks, string piece)
    {
        if (ranks.TryGetValue(piece, out var whole))
        {
            return [whole];
        }

        List<string> parts = [.. piece.Select(letter => letter.ToString())];
        while (true)
        {
            var best = -1;
            var lowest = int.MaxValue;
            for (var index = 0; index + 1 < parts.Count; index++)
            {
                if (ranks.TryGetValue(parts[index] + parts[index + 1], out var rank) && rank < lowest)
                {
                    (best, lowest) = (index, rank);
                }
            }

            if (best < 0)
            {
                return [.. parts.Select(part => ranks[part])];
            }

            parts[best] += parts[best + 1];
            parts.RemoveAt(best + 1);
        }
    }

    private static string[] RandomTokens(Random random) =>
        [.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => RandomText(random, random.Next(2, 7))).Distinct()];

    private static string RandomText(Random random, int length) =>
        string.Concat(Enumerable.Range(0, length).Select(_ => "aab"[random.Next(3)]));

    private static string[] Shuffle(Random random, string[] tokens)
    {
        var shuffled = tokens.ToArray();
        random.Shuffle(shuffled);
        return shuffled;
    }

    // Each char is a byte.
    private static string File(IEnumerable<string> byRank) => string.Concat(
        byRank.Select((token, rank) => $"{Convert.ToBase64String(Encoding.Latin1.GetBytes(token))} {rank}\n"));
}
