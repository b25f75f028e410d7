using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Atropos.Tokenizers.Tests;

public sealed class DecodingTests
{
    private static readonly string[] Steps =
    [
        """{"type": "ByteFallback"}""",
        """{"type": "Fuse"}""",
        """{"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true}""",
        """{"type": "Replace", "pattern": {"String": "▁"}, "content": " "}""",
        """{"type": "Replace", "pattern": {"String": "aa"}, "content": "<0x41>"}""",
        """{"type": "Replace", "pattern": {"Regex": "t+|x*"}, "content": "-"}""",
        """{"type": "Strip", "content": " ", "start": 1, "stop": 0}""",
        """{"type": "Strip", "content": "t", "start": 2, "stop": 1}""",
        """{"type": "Strip", "content": "👍", "start": 1, "stop": 1}""",
        """{"type": "Metaspace", "replacement": "▁"}""",
        """{"type": "Metaspace", "replacement": "👍", "prepend_scheme": "never"}""",
        """{"type": "WordPiece", "prefix": "##", "cleanup": true}""",
        """{"type": "WordPiece", "prefix": "", "cleanup": false}""",
        """{"type": "BPEDecoder", "suffix": "</w>"}""",
        """{"type": "BPEDecoder", "suffix": ""}""",
        """{"type": "CTC", "pad_token": "<pad>", "word_delimiter_token": "|", "cleanup": true}""",
    ];

    private static readonly string[] Common =
    [
        "null",
        Steps[0],
        Steps[2],
        Steps[9],
        Steps[11],
        DecoderTokenizers.Llama,
        Sequence(Steps[3], Steps[0], Steps[1]),
        Sequence(Steps[0], Steps[9]),
        Sequence(Steps[0], Steps[5], Steps[1], """{"type": "Strip", "content": " ", "start": 2, "stop": 0}"""),
        Sequence(Steps[9], Steps[0]),
        Sequence(Steps[2], Steps[1]),
        Sequence(Steps[11], Steps[7]),
    ];

    private static readonly ConcurrentDictionary<string, Tokenizer> Loaded = [];

    [Fact]
    public void The_table_decodes_common_decoders_as_the_running_steps_do()
    {
        var cases = from decoder in Gen.Elements(Common) from ids in Ids() from skip in Gen.Elements(false, true) select (decoder, ids, skip);
        Prop.ForAll(cases.ToArbitrary(), entry => AllWaysAgree(entry.decoder, entry.ids, new DecodeOptions { SkipSpecialTokens = entry.skip }))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    [Fact]
    public void Any_row_of_steps_decodes_in_pieces_as_it_does_whole()
    {
        var cases = from steps in Gen.Elements(Steps).ListOf(3) from ids in Ids() from skip in Gen.Elements(false, true) select (steps, ids, skip);
        Prop.ForAll(cases.ToArbitrary(), entry => AllWaysAgree(Sequence([.. entry.steps]), entry.ids, new DecodeOptions { SkipSpecialTokens = entry.skip }))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Fact]
    public void Any_decoding_cleans_up_in_pieces_as_it_does_whole()
    {
        var cases = from decoder in Gen.Elements([.. Common, .. Steps]) from ids in Ids() select (decoder, ids);
        Prop.ForAll(cases.ToArbitrary(), entry => AllWaysAgree(entry.decoder, entry.ids, new DecodeOptions { CleanUpSpaces = true }))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Theory]
    [InlineData("it isn't'm he's, I've! we're? a.'b do not", "it", " is", " n't", " ' ", "m", " he", " 's", " ,", " I", " 've", " !", " we", " 're", " ?", " a", " .", " ' ", "b", " do", " not")]
    [InlineData("a. b", "a", " ", ".", " b")]
    [InlineData("a ", "a", " ")]
    public void Clean_up_goes_over_the_whole_text(string expected, params string[] tokens)
    {
        string[] distinct = [.. tokens.Distinct()];
        var tokenizer = DecoderTokenizers.Load("""{"type": "Fuse"}""", distinct);
        int[] ids = [.. tokens.Select(token => Array.IndexOf(distinct, token))];
        var options = new DecodeOptions { CleanUpSpaces = true };

        Assert.Equal(expected, tokenizer.Decode(ids, options));
        Assert.Equal(string.Concat(tokens), tokenizer.Decode(ids, default(DecodeOptions)));
        Assert.Equal(tokenizer.Decode(ids, options), DecoderTokenizers.Streamed(tokenizer, ids, options));
    }

    [Fact]
    public void Clean_up_holds_back_only_what_may_change()
    {
        var tokenizer = DecoderTokenizers.Load("""{"type": "Fuse"}""", ["a", " ", "b", " n", "'t"]);
        var decoder = tokenizer.CreateDecoder(new DecodeOptions { CleanUpSpaces = true });

        Assert.Equal(["a", "", " b", "", "n't"], new[] { 0, 1, 2, 3, 4 }.Select(id => decoder.Append([id])));
        Assert.Equal("", decoder.Flush());
    }

    [Fact]
    public void BPEDecoder_gives_what_stands_before_a_suffix_at_once()
    {
        var tokenizer = DecoderTokenizers.Load("""{"type": "BPEDecoder", "suffix": "</w>"}""", ["a</w>", "b"]);
        var decoder = tokenizer.CreateDecoder(skipSpecialTokens: false);

        Assert.Equal(["a", " b", "a"], new[] { 0, 1, 0 }.Select(id => decoder.Append([id])));
        Assert.Equal("", decoder.Flush());
    }

    [Fact]
    public void Special_tokens_that_are_left_out_do_not_count_as_first()
    {
        var tokenizer = DecoderTokenizers.Load("""{"type": "WordPiece", "prefix": "##", "cleanup": false}""", ["a", "##b"], "[CLS]", "kept");

        Assert.Equal("a kept", tokenizer.Decode([2, 0, 3, 2], skipSpecialTokens: true));
        Assert.Equal("[CLS] ab", tokenizer.Decode([99, 2, 0, 1], skipSpecialTokens: false));
        Assert.Throws<ArgumentOutOfRangeException>(() => tokenizer.Decode([0, -1], skipSpecialTokens: false));
    }

    [Fact]
    public void New_added_tokens_count_on_from_the_number_of_the_vocabularys_tokens()
    {
        var json = Tiny.ByteLevel([]);
        json["model"]!["vocab"]!["far"] = 900;
        json["added_tokens"] = new JsonArray(Tiny.Added(900, "far"), Tiny.Added(901, "x1"), Tiny.Added(902, "x2"));
        var tokenizer = Tiny.Load(json);

        Assert.Equal("x1x2far", tokenizer.Decode([257, 258, 900, 901], skipSpecialTokens: false));
    }

    [Fact]
    public void Long_lists_decode_as_short_ones_do()
    {
        var random = new Random(7);
        foreach (var decoder in Common)
        {
            var tokenizer = DecoderTokenizers.Load(decoder, DecoderTokenizers.Pieces, "<s>", "<x>");
            int[] ids = [.. Enumerable.Range(0, 20_000).Select(_ => random.Next(DecoderTokenizers.Pieces.Length + 4))];
            var whole = tokenizer.Decode(ids, skipSpecialTokens: true);

            Assert.Equal(DecoderTokenizers.Run(tokenizer.CreateStagedDecoder(new DecodeOptions { SkipSpecialTokens = true }), ids), whole);
            Assert.Equal(whole, Utf8(tokenizer, ids, new DecodeOptions { SkipSpecialTokens = true }));
        }
    }

    [Fact]
    public void A_run_of_bytes_longer_than_any_buffer_is_one_run()
    {
        var tokenizer = DecoderTokenizers.Load(DecoderTokenizers.Llama, ["<0xC3>", "<0xA9>", "a"]);
        int[] ids = [.. Enumerable.Range(0, 100_000).Select(index => index & 1)];

        Assert.Equal(new string('é', 50_000), tokenizer.Decode(ids, skipSpecialTokens: false));
        Assert.Equal(new string('\uFFFD', 100_001) + "a", tokenizer.Decode([.. ids, 0, 2], skipSpecialTokens: false));
    }

    [Fact]
    public void A_stream_can_be_taken_as_characters()
    {
        var tokenizer = Tiny.Load(Tiny.ByteLevel([]));
        var output = new ArrayBufferWriter<char>();
        var decoder = tokenizer.CreateDecoder(skipSpecialTokens: false);
        foreach (var value in Encoding.UTF8.GetBytes("a中")[..3])
        {
            decoder.Append(value, output);
        }

        Assert.Equal("a", output.WrittenSpan.ToString());
        decoder.Flush(output);
        Assert.Equal("a\uFFFD", output.WrittenSpan.ToString());
    }

    private static string Sequence(params string[] steps) => "{\"type\": \"Sequence\", \"decoders\": [" + string.Join(", ", steps) + "]}";

    /// <summary>Ids of <see cref="DecoderTokenizers.Pieces"/>, of a special token, of a plain added one, and of none.</summary>
    private static Gen<int[]> Ids() => Gen.Choose(0, DecoderTokenizers.Pieces.Length + 3).ListOf().Select(list => list.ToArray());

    private static bool AllWaysAgree(string decoder, int[] ids, DecodeOptions options)
    {
        var tokenizer = Loaded.GetOrAdd(decoder, static decoder => DecoderTokenizers.Load(decoder, DecoderTokenizers.Pieces, "<s>", "<x>"));
        var whole = tokenizer.Decode(ids, options);
        return whole == DecoderTokenizers.Streamed(tokenizer, ids, options)
            && whole == DecoderTokenizers.Run(tokenizer.CreateStagedDecoder(options), ids)
            && whole == Utf8(tokenizer, ids, options);
    }

    private static string Utf8(Tokenizer tokenizer, int[] ids, DecodeOptions options)
    {
        var output = new ArrayBufferWriter<byte>();
        Assert.Equal(tokenizer.Decode(ids, options, output), output.WrittenCount);
        return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(output.WrittenSpan);
    }
}
