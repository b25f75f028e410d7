using System.Text;
using Atropos.Tokenizers.Normalizers;
using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Tests;

public sealed class NormalizerTests
{
    [Theory]
    [InlineData("""{"type": "Strip", "strip_left": true, "strip_right": true}""", " \u3000a b\n", "a b", "2 3 4")]
    [InlineData("""{"type": "Strip", "strip_left": true, "strip_right": false}""", " a ", "a ", "1 2")]
    [InlineData("""{"type": "Strip", "strip_left": true, "strip_right": true}""", " \t", "", "")]
    [InlineData("""{"type": "StripAccents"}""", "e\u0301\u0301é\u0903", "eé", "0 3")]
    [InlineData("""{"type": "Nmt"}""", "\u0001a\tb\u200B\uFEFF\u007F", "a b  ", "1 2 3 4 5")]
    [InlineData("""{"type": "ByteLevel"}""", "a é", "aĠÃ©", "0 1 2 2")]
    [InlineData("""{"type": "Prepend", "prepend": "xy"}""", "ab", "xyab", "0 0 0 1")]
    [InlineData("""{"type": "Lowercase"}""", "AİaΣ", "ai\u0307aσ", "0 1 1 2 3")]
    [InlineData("""{"type": "NFC"}""", "ae\u0301\u0323b", "aẹ\u0301b", "0 1 3 4")]
    [InlineData("""{"type": "NFD"}""", "éa", "e\u0301a", "0 0 1")]
    [InlineData("""{"type": "NFKC"}""", "ﬁ①e\u0301", "fi1é", "0 0 1 2")]
    [InlineData("""{"type": "NFKD"}""", "각ﬀ", "\u1100\u1161\u11A8ff", "0 0 0 1 1")]
    [InlineData("""{"type": "NFC"}""", "각\u1100\u1161\u11A8", "각각", "0 1")]
    [InlineData("""{"type": "Replace", "pattern": {"String": ""}, "content": "-"}""", "ab", "-a-b-", "B 0 0 1 1")]
    [InlineData("""{"type": "Replace", "pattern": {"Regex": "b+"}, "content": "cd"}""", "abba", "acda", "0 2 2 3")]
    [InlineData("""{"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": null, "lowercase": true}""",
        "\u0000É\t中\u00AD!", "e  中 !", "1 2 3 3 3 5")]
    [InlineData("""{"type": "BertNormalizer", "clean_text": false, "handle_chinese_chars": false, "strip_accents": null, "lowercase": false}""", "É\t中", "É\t中", "0 1 2")]
    [InlineData("""{"type": "BertNormalizer", "clean_text": false, "handle_chinese_chars": false, "strip_accents": true, "lowercase": false}""", "É", "E", "0")]
    [InlineData("""{"type": "BertNormalizer", "clean_text": false, "handle_chinese_chars": false, "strip_accents": false, "lowercase": true}""", "É", "é", "0")]
    [InlineData("""{"type": "Sequence", "normalizers": [{"type": "NFD"}, {"type": "StripAccents"}, {"type": "Prepend", "prepend": "_"}]}""", "éa", "_ea", "0 0 1")]
    public void Normalizers_say_what_each_character_stands_for(string section, string text, string expected, string sources)
    {
        var normalizer = Load(section);
        var buffer = TextBuffer.Rent(tracks: true);
        if (!normalizer.TryNormalize(text, buffer))
        {
            buffer.Copy(text, 0);
        }

        Assert.Equal(expected, buffer.Span.ToString());
        Assert.Equal(sources, string.Join(' ', buffer.Sources.ToArray().Select(source => source == TextBuffer.BeforeAll ? "B" : $"{source}")));
        Assert.Equal(expected, normalizer.Normalize(text));
    }

    [Theory]
    [InlineData(NormalizationForm.FormC)]
    [InlineData(NormalizationForm.FormD)]
    [InlineData(NormalizationForm.FormKC)]
    [InlineData(NormalizationForm.FormKD)]
    public void A_long_run_of_marks_is_sorted_by_its_classes(NormalizationForm form)
    {
        var marks = string.Concat(Enumerable.Repeat("\u0301\u0323", 50_000));

        var normalized = new UnicodeNormalizer(form).Normalize("q" + marks);

        Assert.Equal("q" + new string('\u0323', 50_000) + new string('\u0301', 50_000), normalized);
    }

    [Theory]
    [InlineData("中文 and emoji 👍🏽 and Émile, déjà vu, Ελληνικά, русский, 한국어")]
    [InlineData("")]
    public void Text_that_is_composed_already_is_left_alone(string text)
    {
        var buffer = TextBuffer.Rent();

        Assert.False(new UnicodeNormalizer(NormalizationForm.FormC).TryNormalize(text, buffer));
        Assert.Equal(0, buffer.Length);
    }

    [Fact]
    public void Precompiled_looks_clusters_up_before_characters()
    {
        // One path of the trie each for "a" -> "bc" and for the bytes of "é" written apart -> "é", as darts-clone lays them out.
        var normalizer = new PrecompiledNormalizer(new CharacterMap(TinyCharacterMap.Bytes));
        var buffer = TextBuffer.Rent(tracks: true);

        Assert.True(normalizer.TryNormalize("xa\r\na\u0301z", buffer));
        Assert.Equal("xbc\r\nbcz", buffer.Span.ToString());
        Assert.Equal([0, 1, 1, 2, 3, 4, 5, 6], buffer.Sources.ToArray());
        Assert.Equal("xyz", normalizer.Normalize("xyz"));
    }

    [Theory]
    [InlineData("""{"type": "Strip"}""", "$.normalizer.strip_left")]
    [InlineData("""{"type": "BertNormalizer", "lowercase": true}""", "$.normalizer.clean_text")]
    [InlineData("""{"type": "Precompiled", "precompiled_charsmap": "!!"}""", "$.normalizer.precompiled_charsmap")]
    [InlineData("""{"type": "Precompiled", "precompiled_charsmap": "AAAAAA=="}""", "$.normalizer.precompiled_charsmap")]
    [InlineData("""{"type": "Precompiled"}""", "$.normalizer.precompiled_charsmap")]
    [InlineData("""{"type": "Replace", "pattern": {"String": "a", "Regex": "b"}, "content": ""}""", "$.normalizer.pattern")]
    [InlineData("""{"type": "Prepend"}""", "$.normalizer.prepend")]
    [InlineData("""{"type": "Sequence"}""", "$.normalizer.normalizers")]
    [InlineData("""{"type": "Rot13"}""", "$.normalizer.type")]
    public void A_broken_normalizer_is_refused_where_it_is_broken(string section, string path)
    {
        var json = Tiny.ByteLevel([]);

        var error = Assert.Throws<TokenizerLoadException>(() => Tiny.With(json, "normalizer", section));

        Assert.Equal(path, error.Path);
    }

    private static Normalizer Load(string section) =>
        Loading.NormalizerLoader.Load(new Loading.JsonSection("test", "$", System.Text.Json.JsonDocument.Parse(section).RootElement))!;
}
