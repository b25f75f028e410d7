using System.Text.Json;
using Atropos.Tokenizers.Loading;
using Atropos.Tokenizers.PreTokenizers;

namespace Atropos.Tokenizers.Tests;

public sealed class PreTokenizerTests
{
    [Theory]
    [InlineData("""{"type": "Metaspace", "replacement": "▁"}""", "ab  cd", "▁ab|▁|▁cd")]
    [InlineData("""{"type": "Metaspace", "replacement": "▁"}""", " ab", "▁ab")]
    [InlineData("""{"type": "Metaspace", "replacement": "▁", "prepend_scheme": "never", "split": true}""", "ab cd", "ab|▁cd")]
    [InlineData("""{"type": "Metaspace", "replacement": "_", "prepend_scheme": "first", "split": false}""", "ab cd", "_ab_cd")]
    [InlineData("""{"type": "Metaspace", "replacement": "▁", "str_rep": "▁", "add_prefix_space": true}""", "ab", "▁ab")]
    [InlineData("""{"type": "Sequence", "pretokenizers": [{"type": "CharDelimiterSplit", "delimiter": "-"}, {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "first"}]}""",
        "ab-cd", "▁ab|cd")]
    [InlineData("""{"type": "Whitespace"}""", "don't  stop\u200Dé, 中²!", "don|'|t|stop\u200Dé|,|中|²!")]
    [InlineData("""{"type": "WhitespaceSplit"}""", " a\u3000b,c\n", "a|b,c")]
    [InlineData("""{"type": "BertPreTokenizer"}""", "Hey, $5!? 中。", "Hey|,|$|5|!|?|中|。")]
    [InlineData("""{"type": "Punctuation"}""", "a,,b", "a|,|,|b")]
    [InlineData("""{"type": "Punctuation", "behavior": "Contiguous"}""", "a,,b", "a|,,|b")]
    [InlineData("""{"type": "Punctuation", "behavior": "Removed"}""", "a,,b", "a|b")]
    [InlineData("""{"type": "Punctuation", "behavior": "MergedWithPrevious"}""", "a,,b", "a,|,|b")]
    [InlineData("""{"type": "Punctuation", "behavior": "MergedWithNext"}""", "a,,b", "a|,|,b")]
    [InlineData("""{"type": "CharDelimiterSplit", "delimiter": "👍"}""", "a👍👍b", "a|b")]
    [InlineData("""{"type": "UnicodeScripts"}""", "カナ漢字ー, It ко", "カナ漢字ー|, |It |ко")]
    [InlineData("""{"type": "UnicodeScripts"}""", "  \u0E00Apple", "Apple")]
    [InlineData("""{"type": "UnicodeScripts"}""", "  ", "")]
    [InlineData("""{"type": "FixedLength", "length": 3}""", "a👍bcde", "a👍b|cde")]
    [InlineData("""{"type": "FixedLength"}""", "abcdef", "abcde|f")]
    [InlineData("""{"type": "Split", "pattern": {"String": ""}, "behavior": "Isolated", "invert": false}""", "a👍", "a|👍")]
    [InlineData("""{"type": "Split", "pattern": {"String": "a."}, "behavior": "Isolated", "invert": false}""", "aa.b", "a|a.|b")]
    [InlineData("""{"type": "Sequence", "pretokenizers": [{"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"}]}, {"type": "Digits", "individual_digits": true}]}""",
        "a1 23", "a|1|2|3")]
    [InlineData("""{"type": "Sequence", "pretokenizers": []}""", "a b", "a b")]
    public void Pre_tokenizers_cut(string section, string text, string expected)
    {
        Assert.Equal(expected, string.Join('|', Pieces(section, text, out _)));
    }

    [Theory]
    [InlineData("""{"type": "Metaspace", "replacement": "▁"}""", "a b", "0 0 1 2")]
    [InlineData("""{"type": "Metaspace", "replacement": "▁", "prepend_scheme": "never"}""", " é b", "0 1 2 3")]
    [InlineData("""{"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true, "use_regex": false}""", "é", "0 0 0")]
    public void Pre_tokenizers_say_what_each_character_stands_for(string section, string text, string sources)
    {
        Pieces(section, text, out var actual);

        Assert.Equal(sources, string.Join(' ', actual));
    }

    [Theory]
    [InlineData("""{"type": "Metaspace"}""", "$.replacement")]
    [InlineData("""{"type": "Metaspace", "replacement": "ab"}""", "$.replacement")]
    [InlineData("""{"type": "Metaspace", "replacement": "_", "prepend_scheme": "First"}""", "$.prepend_scheme")]
    [InlineData("""{"type": "Metaspace", "replacement": "_", "add_prefix_space": false}""", "$.add_prefix_space")]
    [InlineData("""{"type": "Metaspace", "replacement": "_", "add_prefix_space": false, "prepend_scheme": "first"}""", "$.add_prefix_space")]
    [InlineData("""{"type": "CharDelimiterSplit", "delimiter": "ab"}""", "$.delimiter")]
    [InlineData("""{"type": "FixedLength", "length": 0}""", "$.length")]
    [InlineData("""{"type": "Punctuation", "behavior": "isolated"}""", "$.behavior")]
    [InlineData("""{"type": "Split", "pattern": {"String": " "}, "behavior": "Isolated"}""", "$.invert")]
    [InlineData("""{"type": "Split", "pattern": " ", "behavior": "Isolated", "invert": false}""", "$.pattern")]
    [InlineData("""{"type": "Split", "pattern": {"Regex": "(a"}, "behavior": "Isolated", "invert": false}""", "$.pattern.Regex")]
    [InlineData("""{"type": "Digits"}""", "$.individual_digits")]
    [InlineData("""{"type": "ByteLevel"}""", "$.add_prefix_space")]
    [InlineData("""{"type": "Sequence", "pretokenizers": [null]}""", "$.pretokenizers[0]")]
    [InlineData("""{"type": "Guess"}""", "$.type")]
    public void A_broken_pre_tokenizer_is_refused_where_it_is_broken(string section, string path)
    {
        var error = Assert.Throws<TokenizerLoadException>(() => Load(section));

        Assert.Equal(path, error.Path);
    }

    private static string[] Pieces(string section, string text, out int[] sources)
    {
        var pieces = new PieceList();
        pieces.Reset(text, [.. Enumerable.Range(0, text.Length)], firstLength: 1);
        Load(section).Split(pieces);
        sources = pieces.Sources.ToArray();
        return [.. Enumerable.Range(0, pieces.Count).Select(index => pieces.Piece(index).ToString())];
    }

    private static PreTokenizer Load(string section) =>
        PreTokenizerLoader.Load(new JsonSection("test", "$", JsonDocument.Parse(section).RootElement))!;
}
