namespace Atropos.Tokenizers.Tests;

public sealed class DecoderTests
{
    private const string WordPiece = """{"type": "WordPiece", "prefix": "##", "cleanup": true}""";
    private const string Metaspace = """{"type": "Metaspace", "replacement": "▁"}""";
    private const string Ctc = """{"type": "CTC", "pad_token": "<pad>", "word_delimiter_token": "|", "cleanup": true}""";
    private const string Bpe = """{"type": "BPEDecoder", "suffix": "</w>"}""";

    [Theory]
    [InlineData("##bb##c ab.n't ' don't  don't's s .  a", "##b", "##b##c", "a", "##b", ".", "n't", "'", "do not", " do not", "'s", "##", "s", " .", "", "a")]
    [InlineData(" a  b", "", "a", "", "", "##b")]
    [InlineData("don ' s's' a", "don", "'", "s", "'s'", "a")]
    public void WordPiece_joins_continuations_and_cleans_token_by_token(string expected, params string[] tokens)
    {
        Assert.Equal(expected, DecoderTokenizers.Decode(WordPiece, tokens));
    }

    [Theory]
    [InlineData("""{"type": "WordPiece", "prefix": "##", "cleanup": false}""", "a .b")]
    [InlineData("""{"type": "WordPiece", "prefix": "", "cleanup": true}""", "a.##b")]
    [InlineData("""{"prefix": "##", "cleanup": true}""", "a.b")]
    [InlineData("""{"type": "Sequence", "decoders": [{"type": "Fuse"}, {"type": "WordPiece", "prefix": "a", "cleanup": true}]}""", "a.##b")]
    [InlineData("""{"type": "Sequence", "decoders": [{"type": "WordPiece", "prefix": "##", "cleanup": true}, {"type": "Strip", "content": "b", "start": 1, "stop": 1}]}""", "a.")]
    public void WordPiece_goes_by_its_prefix_and_cleanup(string decoder, string expected)
    {
        Assert.Equal(expected, DecoderTokenizers.Decode(decoder, "a", ".", "##b"));
    }

    [Theory]
    [InlineData("a  a b", "▁▁a▁", "▁▁a", "▁b")]
    [InlineData("  a ", "", "▁▁a▁")]
    public void Metaspace_drops_every_mark_of_the_first_token(string expected, params string[] tokens)
    {
        Assert.Equal(expected, DecoderTokenizers.Decode(Metaspace, tokens));
    }

    [Theory]
    [InlineData("""{"type": "Metaspace", "replacement": "▁", "prepend_scheme": "never", "split": false}""", " a b")]
    [InlineData("""{"type": "Metaspace", "replacement": "▁", "prepend_scheme": "never", "add_prefix_space": false}""", " a b")]
    [InlineData("""{"type": "Metaspace", "replacement": "▁", "prepend_scheme": "never", "add_prefix_space": true}""", " a b")]
    [InlineData("""{"type": "Metaspace", "replacement": "▁", "prepend_scheme": "first"}""", "a b")]
    [InlineData("""{"type": "Metaspace", "replacement": "▁", "str_rep": "▁", "add_prefix_space": true}""", "a b")]
    [InlineData("""{"type": "Metaspace", "replacement": "b"}""", "▁a▁ ")]
    [InlineData("""{"type": "Sequence", "decoders": [{"type": "Fuse"}, {"type": "Metaspace", "replacement": "▁"}]}""", "ab")]
    public void Metaspace_goes_by_its_scheme_and_replacement(string decoder, string expected)
    {
        Assert.Equal(expected, DecoderTokenizers.Decode(decoder, "▁a", "▁b"));
    }

    [Fact]
    public void Metaspace_takes_a_mark_beyond_the_basic_plane()
    {
        Assert.Equal("a b", DecoderTokenizers.Decode("""{"type": "Metaspace", "replacement": "👍"}""", "👍a", "👍b"));
    }

    [Theory]
    [InlineData("a a", "a</w>", "a</w>")]
    [InlineData("x y xy", "x</w>y</w>", "x</w>y</w>")]
    [InlineData("", "</w>")]
    [InlineData("  ", "</w>", "</w>", "")]
    [InlineData("a ", "a</w>", "")]
    [InlineData("</w>", "</", "w>")]
    public void BPEDecoder_makes_spaces_of_suffixes_but_not_in_the_last_token(string expected, params string[] tokens)
    {
        Assert.Equal(expected, DecoderTokenizers.Decode(Bpe, tokens));
    }

    [Theory]
    [InlineData("""{"suffix": "</w>"}""", "a b")]
    [InlineData("""{"type": "BPEDecoder", "suffix": ""}""", " a < / w > b</w>")]
    [InlineData("""{"type": "Sequence", "decoders": [{"type": "Fuse"}, {"type": "BPEDecoder", "suffix": "</w>"}]}""", "ab")]
    public void BPEDecoder_goes_by_its_suffix(string decoder, string expected)
    {
        Assert.Equal(expected, DecoderTokenizers.Decode(decoder, "a</w>", "b</w>"));
    }

    [Theory]
    [InlineData("helo", "<pad>", "<pad>", "h", "e", "e", "l", "l", "o", "o", "<pad>")]
    [InlineData("hello", "h", "e", "l", "<pad>", "l", "o")]
    [InlineData("aa a baa.. don't", "a", "a", "<pad>", "a", "|", "|", "a|b", "<pad>a", "<pad>a", "a", ".", " .", " do not", "", "")]
    public void Ctc_drops_repetitions_and_padding(string expected, params string[] tokens)
    {
        Assert.Equal(expected, DecoderTokenizers.Decode(Ctc, tokens));
    }

    [Fact]
    public void Ctc_without_cleanup_keeps_delimiters()
    {
        Assert.Equal("a| .", DecoderTokenizers.Decode("""{"type": "CTC", "pad_token": "<pad>", "word_delimiter_token": "|", "cleanup": false}""", "a", "|", "|", " .", "<pad>"));
    }

    [Fact]
    public void Ctc_hands_on_no_empty_token()
    {
        const string Then = """
            {"type": "Sequence", "decoders": [{"type": "CTC", "pad_token": "<pad>", "word_delimiter_token": "|", "cleanup": false}, {"type": "Metaspace", "replacement": "▁"}]}
            """;
        Assert.Equal("a  a ", DecoderTokenizers.Decode(Then, "<pad>", "▁▁a▁", "▁▁a▁", "<pad>", "▁▁a▁"));
    }

    [Theory]
    [InlineData("éa\uFFFDa", "<0xC3>", "<0xA9>", "a", "<0xC3>", "a")]
    [InlineData("\na9\uFFFD", "<0x+A>", "a9", "<0xa9>")]
    [InlineData("\uFFFD\uFFFD\uFFFD", "<0x+A>", "<0xa9>", "<0xC3>")]
    [InlineData("\uFFFD\uFFFD", "<0xC3>", "", "<0xA9>")]
    [InlineData("<0xZZ><0x4", "<0xZZ>", "<0x4")]
    public void ByteFallback_reads_runs_as_a_whole(string expected, params string[] tokens)
    {
        Assert.Equal(expected, DecoderTokenizers.Decode("""{"type": "ByteFallback"}""", tokens));
    }

    [Theory]
    [InlineData("é  a ", "<0xC3>", "<0xA9>", "▁▁a▁")]
    [InlineData("x ", "<0xE2>", "<0x96>", "<0x81>", "x", "▁")]
    [InlineData("\uFFFD ", "<0xC3>", "▁")]
    public void A_run_is_one_token_to_the_steps_behind_ByteFallback(string expected, params string[] tokens)
    {
        Assert.Equal(expected, DecoderTokenizers.Decode("""{"type": "Sequence", "decoders": [{"type": "ByteFallback"}, {"type": "Metaspace", "replacement": "▁"}]}""", tokens));
    }

    [Theory]
    [InlineData("a b", "▁a", "▁b")]
    [InlineData(" a", "▁", "▁a")]
    [InlineData("é b", "<0x20>", "<0xC3>", "<0xA9>", "▁b")]
    [InlineData(" a", "", "▁", "<0x20>", "a")]
    [InlineData("a ", "a", "▁")]
    public void Llamas_sequence_strips_one_space_from_the_whole_text(string expected, params string[] tokens)
    {
        Assert.Equal(expected, DecoderTokenizers.Decode(DecoderTokenizers.Llama, tokens));
    }

    [Theory]
    [InlineData("x*", "-a--<-/-w->-y-<-/-w->--#-#-b--é-")]
    [InlineData("$", "a-x</w>y</w>-##b-é-")]
    public void A_regex_finds_nothing_in_an_empty_token(string expression, string expected)
    {
        var decoder = "{\"type\": \"Replace\", \"pattern\": {\"Regex\": \"" + expression + "\"}, \"content\": \"-\"}";
        Assert.Equal(expected, DecoderTokenizers.Decode(decoder, "a", "", "x</w>y</w>", "##b", "é"));
    }

    [Theory]
    [InlineData("""{"pattern": {"String": "a"}, "content": "b"}""", "bt👍")]
    [InlineData("""{"content": "t", "start": 1, "stop": 0}""", "a👍")]
    [InlineData("""{"type": "Strip", "content": "👍", "start": 1, "stop": 1}""", "at")]
    [InlineData("""{"type": "Sequence", "decoders": []}""", "at👍")]
    [InlineData("""{"type": "Fuse", "unknown": 1}""", "at👍")]
    [InlineData("null", "a t 👍")]
    public void Other_forms_that_the_original_takes_are_taken(string decoder, string expected)
    {
        Assert.Equal(expected, DecoderTokenizers.Decode(decoder, "a", "t", "👍"));
    }

    [Theory]
    [InlineData("""{"type": "WordPiece", "prefix": "##"}""", "$.decoder.cleanup: expected true or false")]
    [InlineData("""{"type": "BPEDecoder"}""", "$.decoder.suffix: expected a string")]
    [InlineData("""{"type": "CTC"}""", "$.decoder.pad_token: expected a string")]
    [InlineData("""{"type": "Metaspace"}""", "$.decoder.replacement: expected a string")]
    [InlineData("""{"type": "Metaspace", "replacement": "ab"}""", "$.decoder.replacement: expected one character")]
    [InlineData("""{"type": "Metaspace", "replacement": "▁", "prepend_scheme": "odd"}""", "$.decoder.prepend_scheme: expected always, first or never")]
    [InlineData("""{"type": "Metaspace", "replacement": "▁", "add_prefix_space": false}""", "$.decoder.add_prefix_space: false contradicts")]
    [InlineData("""{"type": "Strip", "content": "", "start": 1, "stop": 1}""", "$.decoder.content: expected one character")]
    [InlineData("""{"decoders": []}""", "$.decoder.type: expected a string")]
    public void A_decoder_that_the_original_refuses_is_refused(string decoder, string expected)
    {
        var error = Assert.Throws<TokenizerLoadException>(() => DecoderTokenizers.Load(decoder, ["a"]));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }
}
