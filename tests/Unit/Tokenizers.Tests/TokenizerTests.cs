using System.Text.Json.Nodes;

namespace Atropos.Tokenizers.Tests;

public sealed class TokenizerTests
{
    private static readonly string[] Merges = ["t h", "th e", "Ġ the", "a b", "ab c", "Ġ a"];

    [Fact]
    public void Encode_applies_merges_by_rank_within_the_pieces()
    {
        var tokenizer = Tiny.Load(Tiny.ByteLevel(Merges));

        Assert.Equal(["the", "Ġthe", "Ġ", "ab", "Ġ", "Ġ", "abc", "abc"], tokenizer.Tokens("the the ab  abcabc"));
    }

    [Fact]
    public void Encode_takes_merges_as_pairs_too()
    {
        var json = Tiny.ByteLevel(Merges);
        json["model"]!["merges"] = new JsonArray([.. Merges.Select(merge => (JsonNode)new JsonArray([.. merge.Split(' ').Select(part => (JsonNode)part)]))]);

        Assert.Equal(["abc", "Ġthe"], Tiny.Load(json).Tokens("abc the"));
    }

    [Fact]
    public void Encode_merges_long_words_as_it_merges_short_ones()
    {
        var tokenizer = Tiny.Load(Tiny.ByteLevel(["a a", "aa aa", "aaaa aaaa", "aa a"]));

        foreach (var length in new[] { 2, 7, 47, 48, 49, 50, 100, 1001, 100_000 })
        {
            var tokens = tokenizer.Tokens(new string('a', length));
            Assert.Equal(Enumerable.Repeat("aaaaaaaa", length / 8), tokens[..(length / 8)]);
            Assert.Equal(new string('a', length), string.Concat(tokens));
            Assert.Equal((length % 8) switch { 0 => 0, 1 or 2 or 3 or 4 => 1, _ => 2 }, tokens.Length - (length / 8));
        }
    }

    [Fact]
    public void Encode_with_ignore_merges_takes_a_whole_word_first()
    {
        var json = Tiny.ByteLevel(["a b", "b c"]);
        json["model"]!["vocab"]!["abc"] = 258;
        Assert.Equal(["ab", "c"], Tiny.Load(json).Tokens("abc"));
        json["model"]!["ignore_merges"] = true;
        Assert.Equal(["abc"], Tiny.Load(json).Tokens("abc"));
        Assert.Equal(["ab", "c", "c"], Tiny.Load(json).Tokens("abcc"));
    }

    [Fact]
    public void Encode_falls_back_to_bytes_and_then_to_the_unknown_token()
    {
        var json = Tiny.ByteFallback();
        Assert.Equal(["▁ab", "▁", "<0xC3>", "<0xA9>"], Tiny.Load(json).Tokens("ab é"));
        ((JsonObject)json["model"]!["vocab"]!).Remove("<0xA9>");
        Assert.Equal(["▁ab", "<unk>", "b"], Tiny.Load(json).Tokens("abééb"));
    }

    [Fact]
    public void Encode_without_an_unknown_token_in_the_vocabulary_says_so()
    {
        var json = Tiny.ByteFallback();
        json["model"]!["unk_token"] = "<gone>";
        json["model"]!["byte_fallback"] = false;

        var error = Assert.Throws<InvalidOperationException>(() => Tiny.Load(json).Encode("z", addSpecialTokens: false));

        Assert.Contains("<gone>", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_adds_special_tokens_as_the_template_says()
    {
        var json = Tiny.ByteLevel([], ["<s>", "</s>"]);
        json["post_processor"] = JsonNode.Parse(
            """
            {"type": "Sequence", "processors": [{"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": false}, {"type": "TemplateProcessing",
             "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "</s>", "type_id": 0}}],
             "pair": [], "special_tokens": {"<s>": {"id": "<s>", "ids": [256], "tokens": ["<s>"]}, "</s>": {"id": "</s>", "ids": [257], "tokens": ["</s>"]}}}]}
            """);
        var tokenizer = Tiny.Load(json);

        Assert.Equal([256, tokenizer.TokenToId("a")!.Value, 257], tokenizer.Encode("a", addSpecialTokens: true));
        Assert.Equal([tokenizer.TokenToId("a")!.Value], tokenizer.Encode("a", addSpecialTokens: false));
        Assert.Equal("<s>a</s>", tokenizer.Decode(tokenizer.Encode("a", addSpecialTokens: true), skipSpecialTokens: false));
        Assert.Equal("a", tokenizer.Decode(tokenizer.Encode("a", addSpecialTokens: true), skipSpecialTokens: true));
    }

    [Fact]
    public void Added_tokens_are_found_by_their_flags()
    {
        var json = Tiny.ByteLevel([]);
        json["normalizer"] = JsonNode.Parse("""{"type": "Lowercase"}""");
        json["added_tokens"] = new JsonArray(
            Tiny.Added(256, "<L>", true, "lstrip"),
            Tiny.Added(257, "<R>", true, "rstrip"),
            Tiny.Added(258, "one", false, "single_word"),
            Tiny.Added(259, "Norm", false, "normalized"),
            Tiny.Added(260, "<R><R>", true));
        var tokenizer = Tiny.Load(json);

        Assert.Equal(["x", "<L>", "Ġ", "y"], tokenizer.Tokens("x \t<L> y"));
        Assert.Equal(["x", "Ġ", "<R>", "y"], tokenizer.Tokens("x <R> \ny"));
        Assert.Equal(["<R><R>", "<R>"], tokenizer.Tokens("<R><R><R>"));
        Assert.Equal(["one", ".", "o", "n", "e", "s"], tokenizer.Tokens("one.ones"));
        Assert.Equal(["a", "Norm", "b"], tokenizer.Tokens("aNORMb"));
        Assert.Equal(["<", "l", ">"], tokenizer.Tokens("<l>"));
    }

    [Fact]
    public void Lookups_answer_for_every_kind_of_token()
    {
        var tokenizer = Tiny.Load(Tiny.ByteLevel(Merges, ["<|end|>"]));

        Assert.Equal(263, tokenizer.VocabularySize);
        Assert.Equal(262, tokenizer.TokenToId("<|end|>"));
        Assert.Null(tokenizer.TokenToId("nope"));
        Assert.Null(tokenizer.IdToToken(263));
        Assert.Null(tokenizer.IdToToken(-1));
        Assert.True(tokenizer.IsSpecial(262));
        Assert.False(tokenizer.IsSpecial(0));
        Assert.Equal(" the"u8, tokenizer.TokenBytes(tokenizer.TokenToId("Ġthe")!.Value));
        Assert.Equal("<|end|>"u8, tokenizer.TokenBytes(262));

        var fallback = Tiny.Load(Tiny.ByteFallback());
        Assert.Equal([0xE4], fallback.TokenBytes(fallback.TokenToId("<0xE4>")!.Value).ToArray());
        Assert.Equal(" ab"u8, fallback.TokenBytes(fallback.TokenToId("▁ab")!.Value));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(256)]
    public void An_id_outside_the_vocabulary_has_no_bytes_to_ask_for(int id)
    {
        var tokenizer = Tiny.Load(Tiny.ByteLevel([]));

        var error = Assert.Throws<ArgumentOutOfRangeException>(() => tokenizer.TokenBytes(id).Length);

        Assert.Contains($"{id} is outside the vocabulary, which has 256 ids", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_id_that_no_token_has_is_decoded_to_no_text(bool skipSpecialTokens)
    {
        foreach (var tokenizer in new[] { Tiny.Load(Tiny.ByteLevel([])), Tiny.Load(Tiny.ByteFallback()) })
        {
            var ids = tokenizer.Encode("ab", addSpecialTokens: false);

            Assert.Equal(tokenizer.Decode(ids, skipSpecialTokens), tokenizer.Decode([9999, .. ids, int.MaxValue], skipSpecialTokens));
            Assert.Throws<ArgumentOutOfRangeException>(() => tokenizer.Decode([-1], skipSpecialTokens));
        }
    }

    [Fact]
    public void Lone_surrogates_are_encoded_as_replacement_characters()
    {
        var tokenizer = Tiny.Load(Tiny.ByteLevel([]));

        Assert.Equal("a\uFFFDb", tokenizer.Decode(tokenizer.Encode("a\uD800b", addSpecialTokens: false), skipSpecialTokens: false));
    }

    [Fact]
    public void Encoding_from_many_threads_gives_the_same_ids()
    {
        var tokenizer = Tiny.Load(Tiny.ByteLevel(Merges, ["<|end|>"]));
        var texts = Enumerable.Range(0, 200).Select(number => $"the ab{number % 7} abc<|end|> the {number}").ToArray();
        var expected = texts.Select(text => Tiny.Load(Tiny.ByteLevel(Merges, ["<|end|>"])).Encode(text, addSpecialTokens: true)).ToArray();

        Parallel.For(0, 2000, index => Assert.Equal(expected[index % 200], tokenizer.Encode(texts[index % 200], addSpecialTokens: true)));
    }
}
