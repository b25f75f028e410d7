using System.Text.Json.Nodes;

namespace Atropos.Tokenizers.Tests;

/// <summary>Encodings with all that is known of each token.</summary>
public sealed class EncodingTests
{
    private const string Roberta =
        """{"type": "RobertaProcessing", "sep": ["</s>", 301], "cls": ["<s>", 300], "trim_offsets": true, "add_prefix_space": false}""";

    private const string Bert = """{"type": "BertProcessing", "sep": ["[SEP]", 301], "cls": ["[CLS]", 300]}""";

    private static readonly EncodeOptions Plain = new() { AddSpecialTokens = false };

    [Fact]
    public void Offsets_count_code_points_bytes_or_utf16_units_as_asked()
    {
        var tokenizer = Tiny.Load(Tiny.ByteLevel(["Ġ a"]));

        var points = tokenizer.Encode("é😀 a", Plain).Offsets.ToArray();
        var bytes = tokenizer.Encode("é😀 a", Plain with { OffsetUnit = OffsetUnit.Utf8Bytes }).Offsets.ToArray();
        var units = tokenizer.Encode("é😀 a", Plain with { OffsetUnit = OffsetUnit.Utf16 }).Offsets.ToArray();

        Assert.Equal("0-1 0-1 1-2 1-2 1-2 1-2 2-4", Show(points));
        Assert.Equal("0-2 0-2 2-6 2-6 2-6 2-6 6-8", Show(bytes));
        Assert.Equal("0-1 0-1 1-3 1-3 1-3 1-3 3-5", Show(units));
    }

    [Fact]
    public void Ids_are_those_of_the_plain_call_and_tokens_those_of_the_vocabulary()
    {
        var tokenizer = Tiny.Load(Tiny.ByteLevel(["Ġ a", "a b"], ["<end>"]));

        var encoding = tokenizer.Encode("ab a<end>ab", Plain);

        Assert.Equal(tokenizer.Encode("ab a<end>ab", addSpecialTokens: false), encoding.Ids.ToArray());
        Assert.Equal(["ab", "Ġa", "<end>", "ab"], encoding.Tokens.ToArray());
        Assert.Equal([0, 1, 2, 3], encoding.WordIds.ToArray());
        Assert.Equal([0, 0, 0, 0], encoding.SpecialTokensMask.ToArray());
        Assert.Equal("0-2 2-4 4-9 9-11", Show(encoding.Offsets.ToArray()));
    }

    [Fact]
    public void A_token_that_takes_in_space_is_reported_with_it()
    {
        var json = Tiny.ByteLevel([]);
        json["added_tokens"] = new JsonArray(Tiny.Added(256, "<x>", true, "lstrip", "rstrip"));

        var encoding = Tiny.Load(json).Encode("a  <x> b", Plain);

        Assert.Equal(["a", "  <x> ", "b"], encoding.Tokens.ToArray());
        Assert.Equal("0-1 1-7 7-8", Show(encoding.Offsets.ToArray()));
    }

    [Theory]
    [InlineData("""{"type": "Prepend", "prepend": "ab"}""", "0-1 0-1 0-1 1-2")]
    [InlineData("""{"type": "Replace", "pattern": {"String": "xy"}, "content": "zzz"}""", "1-2 1-2 1-2")]
    [InlineData("""{"type": "Sequence", "normalizers": [{"type": "Prepend", "prepend": "a"}, {"type": "Lowercase"}]}""", "0-1 0-1 1-2")]
    public void A_character_that_a_normalizer_puts_in_stands_for_the_one_whose_place_it_takes(string normalizer, string offsets)
    {
        var encoding = Tiny.With(Tiny.ByteLevel([]), "normalizer", normalizer).Encode("xy", Plain);

        Assert.Equal(offsets, Show(encoding.Offsets.ToArray()));
    }

    [Fact]
    public void The_byte_level_post_processor_takes_spaces_out_of_offsets()
    {
        var json = Tiny.ByteLevel(["Ġ a", "Ġ Ġ"]);

        var trimmed = Tiny.With(json, "post_processor", Tiny.Gpt2).Encode("a a  ", Plain);
        var kept = Tiny.With(json, "post_processor", Tiny.Gpt2.Replace("\"trim_offsets\": true", "\"trim_offsets\": false", StringComparison.Ordinal))
            .Encode("a a  ", Plain);

        Assert.Equal("0-1 2-3 5-5", Show(trimmed.Offsets.ToArray()));
        Assert.Equal("0-1 1-3 3-5", Show(kept.Offsets.ToArray()));
    }

    [Fact]
    public void Bert_puts_its_tokens_around_one_text_and_two()
    {
        var tokenizer = Tiny.With(Tiny.ByteLevel([]), "post_processor", Bert);

        var single = tokenizer.Encode("a");
        var pair = tokenizer.Encode(new EncodeInput("a", "bc"));

        Assert.Equal([300, 'a', 301], single.Ids.ToArray());
        Assert.Equal("[CLS] a [SEP] b c [SEP]", string.Join(' ', pair.Tokens.ToArray()));
        Assert.Equal([0, 0, 0, 1, 1, 1], pair.TypeIds.ToArray());
        Assert.Equal([1, 0, 1, 0, 0, 1], pair.SpecialTokensMask.ToArray());
        Assert.Equal([-1, 0, -1, 1, 1, -1], pair.SequenceIds.ToArray());
        Assert.Equal("0-0 0-1 0-0 0-1 1-2 0-0", Show(pair.Offsets.ToArray()));
    }

    [Fact]
    public void Roberta_puts_two_separators_between_texts_and_trims_offsets()
    {
        var tokenizer = Tiny.With(Tiny.ByteLevel(["Ġ a"]), "post_processor", Roberta);

        var pair = tokenizer.Encode(new EncodeInput("a", " a"));

        Assert.Equal("<s> a </s> </s> Ġa </s>", string.Join(' ', pair.Tokens.ToArray()));
        Assert.Equal([0, 0, 0, 0, 0, 0], pair.TypeIds.ToArray());
        Assert.Equal("0-0 0-1 0-0 0-0 1-2 0-0", Show(pair.Offsets.ToArray()));
    }

    [Theory]
    [InlineData(TextSide.Right, "[CLS] a b c [SEP]", "[CLS] c d e [SEP]")]
    [InlineData(TextSide.Left, "[CLS] c d e [SEP]", "[CLS] a b c [SEP]")]
    public void Truncation_keeps_room_for_special_tokens_and_gives_what_it_cuts_off(TextSide side, string kept, string cut)
    {
        var tokenizer = Tiny.With(Tiny.ByteLevel([]), "post_processor", Bert);

        var encoding = tokenizer.Encode("abcde", new EncodeOptions { Truncation = new() { MaxLength = 5, Stride = 1, Side = side } });

        Assert.Equal(kept, string.Join(' ', encoding.Tokens.ToArray()));
        Assert.Equal(cut, string.Join(' ', Assert.Single(encoding.Overflowing).Tokens.ToArray()));
    }

    [Theory]
    [InlineData(TruncationStrategy.LongestFirst, 6, "a b c d|x y")]
    [InlineData(TruncationStrategy.LongestFirst, 3, "a b|x")]
    [InlineData(TruncationStrategy.OnlyFirst, 4, "a b|x y")]
    [InlineData(TruncationStrategy.OnlySecond, 6, "a b c d e|x")]
    public void Truncation_of_two_texts_goes_by_its_strategy(TruncationStrategy strategy, int most, string expected)
    {
        var tokenizer = Tiny.Load(Tiny.ByteLevel([]));

        var encoding = tokenizer.Encode(
            new EncodeInput("abcde", "xy"), Plain with { Truncation = new() { MaxLength = most, Strategy = strategy } });

        var tokens = encoding.Tokens.ToArray();
        var sequences = encoding.SequenceIds.ToArray();
        Assert.Equal(expected, string.Join('|', Enumerable.Range(0, 2).Select(
            sequence => string.Join(' ', tokens.Where((_, index) => sequences[index] == sequence)))));
    }

    [Theory]
    [InlineData(1, 0, "MaxLength 1 has no room for the 2 special tokens")]
    [InlineData(4, 2, "Stride 2 must be less than the 2 tokens")]
    public void Truncation_that_cannot_be_carried_out_is_refused_with_the_reason(int most, int stride, string message)
    {
        var tokenizer = Tiny.With(Tiny.ByteLevel([]), "post_processor", Bert);

        var error = Assert.Throws<ArgumentException>(
            () => tokenizer.Encode("abcde", new EncodeOptions { Truncation = new() { MaxLength = most, Stride = stride } }));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, TextSide.Right, "a 0 0 0", "a b c 0")]
    [InlineData(5, TextSide.Left, "0 0 0 0 0 0 0 a", "0 0 0 0 0 a b c")]
    public void Padding_fills_a_batch_up_to_a_multiple(int? length, TextSide side, string first, string second)
    {
        var tokenizer = Tiny.Load(Tiny.ByteLevel([]));
        var padding = new PaddingOptions { Length = length, MultipleOf = 4, Side = side, PadId = 7, PadToken = "0" };

        var batch = tokenizer.EncodeBatch([new EncodeInput("a"), new EncodeInput("abc")], Plain with { Padding = padding });

        Assert.Equal(first, string.Join(' ', batch[0].Tokens.ToArray()));
        Assert.Equal(second, string.Join(' ', batch[1].Tokens.ToArray()));
        Assert.Equal(batch[0].Tokens.ToArray().Select(token => token == "0" ? 0 : 1), batch[0].AttentionMask.ToArray());
    }

    [Fact]
    public void The_files_own_truncation_and_padding_are_there_to_be_asked_for()
    {
        var json = Tiny.ByteLevel([]);
        json["truncation"] = JsonNode.Parse("""{"direction": "Left", "max_length": 2, "strategy": "OnlyFirst", "stride": 0}""");
        json["padding"] = JsonNode.Parse(
            """{"strategy": {"Fixed": 3}, "direction": "Left", "pad_to_multiple_of": null, "pad_id": 9, "pad_type_id": 0, "pad_token": "0"}""");
        var tokenizer = Tiny.Load(json);

        var untouched = tokenizer.Encode("abcd", Plain);
        var applied = tokenizer.Encode("abcd", Plain with { Truncation = tokenizer.Truncation, Padding = tokenizer.Padding });

        Assert.Equal("a b c d", string.Join(' ', untouched.Tokens.ToArray()));
        Assert.Equal("0 c d", string.Join(' ', applied.Tokens.ToArray()));
    }

    [Theory]
    [InlineData("truncation", """{"max_length": 4, "strategy": "Sometimes", "stride": 0}""", "$.truncation.strategy: expected LongestFirst, OnlyFirst, OnlySecond, found 'Sometimes'")]
    [InlineData("padding", """{"strategy": "Always"}""", "$.padding.strategy: expected \"BatchLongest\" or {\"Fixed\": length}")]
    [InlineData("post_processor", """{"type": "BertProcessing", "sep": ["x"], "cls": ["y", 1]}""", "$.post_processor.sep: expected [token, id]")]
    [InlineData("post_processor", """{"type": "Cleverness"}""", "$.post_processor.type: post-processor 'Cleverness' is not supported")]
    public void A_broken_section_is_refused_by_its_path(string section, string value, string message)
    {
        var error = Assert.Throws<TokenizerLoadException>(() => Tiny.With(Tiny.ByteLevel([]), section, value));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_gives_what_single_calls_give_in_order()
    {
        var tokenizer = Tiny.Load(Tiny.ByteLevel(["Ġ a", "a b"]));
        string[] texts = [.. Enumerable.Range(0, 200).Select(number => string.Concat(Enumerable.Repeat("ab a", number)))];

        Assert.Equal(texts.Select(text => tokenizer.Encode(text, false)), tokenizer.EncodeBatch(texts, addSpecialTokens: false));
    }

    [Fact]
    public void A_template_may_hold_the_text_twice()
    {
        var tokenizer = Tiny.With(Tiny.ByteLevel([]), "post_processor", """
            {"type": "TemplateProcessing", "special_tokens": {"|": {"id": "|", "ids": [91], "tokens": ["|"]}},
             "single": [{"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "|", "type_id": 2}}, {"Sequence": {"id": "A", "type_id": 1}}],
             "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}]}
            """);

        Assert.Equal(tokenizer.Encode("ab", addSpecialTokens: true), tokenizer.Encode("ab").Ids.ToArray());
        Assert.Equal([0, 0, 2, 1, 1], tokenizer.Encode("ab").TypeIds.ToArray());
    }

    private static string Show(IEnumerable<TokenOffsets> offsets) => string.Join(' ', offsets.Select(part => $"{part.Start}-{part.End}"));
}
