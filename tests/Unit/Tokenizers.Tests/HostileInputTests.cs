using System.Text;
using System.Text.Json.Nodes;

namespace Atropos.Tokenizers.Tests;

/// <summary>Input that is made to break things: an answer, or an error that says what is wrong.</summary>
public sealed class HostileInputTests
{
    public static TheoryData<string> Repeated => ["a", " ", "\u0301", "e\u0301\u0323", "世", "\ud800", "\n", "\0", "\U0001F1E6", "가"];

    [Theory]
    [MemberData(nameof(Repeated))]
    public void Many_equal_characters_are_encoded_and_come_back(string character)
    {
        var text = string.Concat(Enumerable.Repeat(character, 200_000 / character.Length));
        var json = Tiny.ByteLevel(["a a", "aa aa", "Ġ Ġ", "ĠĠ ĠĠ"]);
        var bytes = Tiny.Load(json);
        var fallback = Tiny.Load(Tiny.ByteFallback());

        foreach (var tokenizer in new[] { bytes, fallback, Tiny.With(json, "normalizer", """{"type": "NFC"}""") })
        {
            var ids = tokenizer.Encode(text, addSpecialTokens: false);
            var encoding = tokenizer.Encode(new EncodeInput(text), new EncodeOptions { AddSpecialTokens = false, OffsetUnit = OffsetUnit.Utf16 });
            Assert.Equal(ids, encoding.Ids);
            Assert.Equal(text.Length, encoding.Offsets[^1].End);
        }

        Assert.Equal(text.Replace('\ud800', '\uFFFD'), bytes.Decode(bytes.Encode(text, false), false));
        Assert.Equal(text.Replace('\ud800', '\uFFFD'), fallback.Decode(fallback.Encode(text, false), false));
    }

    [Theory]
    [InlineData("""{"\ud800": 1}""", "expected JSON")]
    [InlineData("""{"added_tokens": [{"content": "x\udc00"}]}""", "half of a surrogate pair")]
    [InlineData("""{"model": {"type": "\ud83d\ud83d"}}""", "JSON")]
    [InlineData("""{"model": {"\ud83d": 0}}""", "JSON")]
    [InlineData("""{"model": """, "expected JSON")]
    [InlineData("", "expected JSON")]
    [InlineData("[]", "expected an object")]
    public void Broken_text_in_a_file_is_refused(string json, string message)
    {
        var error = Assert.Throws<TokenizerLoadException>(() => Tokenizer.FromJson(Encoding.UTF8.GetBytes(json)));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal("tokenizer.json", error.File);
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_and_depth_without_end_are_refused()
    {
        byte[] broken = [.. "{\"x\": \""u8, 0xFF, .. "\"}"u8];
        Assert.Contains("at byte 7", Refusal(broken), StringComparison.Ordinal);
        Assert.Contains("depth", Refusal(Encoding.UTF8.GetBytes(new string('[', 1_000_000))), StringComparison.Ordinal);
        Assert.Contains("depth", Refusal(Encoding.UTF8.GetBytes("{\"model\":" + new string('[', 1_000_000))), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_takes_a_byte_order_mark_and_escaped_pairs()
    {
        var json = Tiny.ByteLevel([], ["\U0001F600"]).ToJsonString();
        Assert.Contains("\\uD83D\\uDE00", json, StringComparison.Ordinal);

        Assert.Equal(256, Tokenizer.FromJson([.. "\uFEFF"u8, .. Encoding.UTF8.GetBytes(json)]).TokenToId("\U0001F600"));
    }

    [Theory]
    [InlineData("2147483647")]
    [InlineData("16777216")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("99999999999")]
    public void An_absurd_id_is_refused_by_every_model(string id)
    {
        foreach (var type in new[] { "BPE", "WordPiece", "WordLevel" })
        {
            Assert.Equal("$.model.vocab", ModelJson.RefusedAt(
                $$"""{"vocab": {"u": {{id}} }, "type": "{{type}}", "unk_token": "u", "continuing_subword_prefix": "", "max_input_chars_per_word": 9, "merges": []}"""));
        }
    }

    [Fact]
    public void Of_two_equal_members_the_last_counts()
    {
        var json = """{"model": {"type": "WordLevel", "unk_token": "a", "vocab": {"b": 3}, "vocab": {"a": 0, "a": 5}}}""";
        var tokenizer = Tokenizer.FromJson(Encoding.UTF8.GetBytes(json));

        Assert.Equal([5], tokenizer.Encode("b", false));
        Assert.Equal(6, tokenizer.VocabularySize);
        Assert.Null(tokenizer.IdToToken(0));
    }

    [Fact]
    public void Sparse_ids_and_an_empty_vocabulary_decode_to_nothing()
    {
        var sparse = Tokenizer.FromJson("""{"model": {"type": "WordLevel", "unk_token": "a", "vocab": {"a": 1000000}}}"""u8);
        var empty = Tokenizer.FromJson("""{"model": {"type": "BPE", "vocab": {}, "merges": []}}"""u8);

        Assert.Equal("a", sparse.Decode([0, 999_999, 1_000_000, 1_000_001, int.MaxValue], false));
        Assert.Empty(empty.Encode("text", false));
        Assert.Equal("", empty.Decode([0, 7], false));
        Assert.Throws<ArgumentOutOfRangeException>(() => empty.Decode([-1], false));
        Assert.Throws<ArgumentOutOfRangeException>(() => empty.TokenBytes(0));
        Assert.Null(empty.IdToToken(-1));
        Assert.False(empty.IsSpecial(int.MinValue));
    }

    [Fact]
    public void Two_million_ids_are_decoded_as_their_parts_are()
    {
        var tokenizer = Tiny.Load(Tiny.ByteFallback());
        var part = tokenizer.Encode("ab 世界 \U0001F600a", false);
        var ids = Enumerable.Repeat(part, 2_000_000 / part.Length).SelectMany(static ids => ids).ToArray();

        var text = tokenizer.Decode(ids, false);
        Assert.Equal(string.Concat(Enumerable.Repeat(" ab 世界 \U0001F600a", 2_000_000 / part.Length))[1..], text);
    }

    [Theory]
    [InlineData(int.MaxValue, null)]
    [InlineData(PaddingOptions.LargestLength + 1, null)]
    [InlineData(1000, int.MaxValue)]
    [InlineData(null, int.MaxValue)]
    [InlineData(-1, null)]
    public void Absurd_padding_is_refused(int? length, int? multiple)
    {
        var tokenizer = Tiny.Load(Tiny.ByteLevel([]));
        var options = new EncodeOptions { Padding = new PaddingOptions { Length = length, MultipleOf = multiple } };

        Assert.ThrowsAny<ArgumentException>(() => tokenizer.Encode(new EncodeInput("abc"), options));
    }

    [Fact]
    public void Lengths_without_bounds_in_a_file_are_the_largest()
    {
        var json = Tiny.ByteLevel([]);
        json["truncation"] = JsonNode.Parse("""{"direction": "Right", "max_length": 18446744073709551615, "strategy": "LongestFirst", "stride": 0}""");
        var tokenizer = Tiny.Load(json);

        Assert.Equal(int.MaxValue, tokenizer.Truncation!.MaxLength);
        Assert.Equal(3, tokenizer.Encode(new EncodeInput("abc"), new EncodeOptions { Truncation = tokenizer.Truncation }).Count);
    }

    [Theory]
    [InlineData("(", 100_000, ")")]
    [InlineData("(?:", 9_000, ")")]
    [InlineData("(?i)", 8_000, "")]
    [InlineData("[", 30_000, "]")]
    [InlineData("(?=", 5_000, ")")]
    [InlineData("(?:", 6, "){1000}")]
    [InlineData("(?>", 5, "a){1000}")]
    public void An_expression_that_would_exhaust_memory_or_the_stack_is_refused(string open, int count, string close)
    {
        var expression = string.Concat(Enumerable.Repeat(open, count)) + "a" + string.Concat(Enumerable.Repeat(close, count));
        var json = Tiny.ByteLevel([], preTokenizer: Tiny.Split(expression));

        Assert.Contains("$.pre_tokenizer.pattern.Regex", Assert.Throws<TokenizerLoadException>(() => Tiny.Load(json)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("|")]
    [InlineData("?")]
    public void A_long_expression_is_matched_without_a_deep_stack(string between)
    {
        var expression = string.Join(between, Enumerable.Range(0, 5_000).Select(index => (char)(0x4E00 + index))) + between + "x";
        var tokenizer = Tiny.Load(Tiny.ByteLevel([], preTokenizer: Tiny.Split("[" + expression + "]|" + expression)));

        Assert.Equal([(int)'y'], tokenizer.Encode("世y", false));
    }

    private static string Refusal(byte[] json) => Assert.Throws<TokenizerLoadException>(() => Tokenizer.FromJson(json)).Message;
}
