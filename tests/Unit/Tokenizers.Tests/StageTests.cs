using System.Text;
using Atropos.Tokenizers.Normalizers;
using Atropos.Tokenizers.PreTokenizers;

namespace Atropos.Tokenizers.Tests;

public sealed class StageTests
{
    [Theory]
    [InlineData("Isolated", false, "the|-|final|-|-|count")]
    [InlineData("Removed", false, "the|final|count")]
    [InlineData("MergedWithPrevious", false, "the-|final-|-|count")]
    [InlineData("MergedWithNext", false, "the|-final|-|-count")]
    [InlineData("Contiguous", false, "the|-|final|--|count")]
    [InlineData("Removed", true, "-|-|-")]
    [InlineData("MergedWithPrevious", true, "the|-final|-|-count")]
    public void Split_cuts_by_its_behavior(string behavior, bool invert, string expected)
    {
        var tokenizer = Tiny.With(Tiny.ByteLevel([]), "pre_tokenizer", Tiny.Split("-", behavior, invert));
        var pieces = new PieceList();
        pieces.Reset("the-final--count", startsText: true);
        new SplitPreTokenizer(new Patterns.LiteralPattern("-"), Enum.Parse<SplitBehavior>(behavior), invert).Split(pieces);

        Assert.Equal(expected, string.Join('|', Enumerable.Range(0, pieces.Count).Select(index => pieces.Piece(index).ToString())));
        Assert.Equal(expected.Replace("|", "", StringComparison.Ordinal), string.Concat(tokenizer.Tokens("the-final--count")));
    }

    [Theory]
    [InlineData(true, "a|1|2|b|Ⅷ")]
    [InlineData(false, "a|12|b|Ⅷ")]
    public void Digits_cut_numbers_out(bool individual, string expected)
    {
        var pieces = new PieceList();
        pieces.Reset("a12bⅧ", startsText: true);
        new DigitsPreTokenizer(individual).Split(pieces);

        Assert.Equal(expected, string.Join('|', Enumerable.Range(0, pieces.Count).Select(index => pieces.Piece(index).ToString())));
    }

    [Fact]
    public void ByteLevel_maps_bytes_where_another_step_follows()
    {
        var json = Tiny.ByteLevel(["Ġ a"]);
        const string Sequence = """
            {"type": "Sequence", "pretokenizers": [{"type": "ByteLevel", "add_prefix_space": true, "use_regex": true},
             {"type": "Split", "pattern": {"String": "Ã"}, "behavior": "Isolated", "invert": false}]}
            """;

        Assert.Equal(["Ġa", "Ã", "©", "Ġ", "b"], Tiny.With(json, "pre_tokenizer", Sequence).Tokens("aé b"));
    }

    [Theory]
    [InlineData(NormalizationForm.FormC, "e\u0301 각 \u1100\u1161\u11A8 \u212B", "é 각 각 Å")]
    [InlineData(NormalizationForm.FormD, "é 각 \u1E69", "e\u0301 \u1100\u1161\u11A8 s\u0323\u0307")]
    [InlineData(NormalizationForm.FormKC, "ﬁ ① Å ㎏", "fi 1 Å kg")]
    [InlineData(NormalizationForm.FormKD, "ﬃ é", "ffi e\u0301")]
    [InlineData(NormalizationForm.FormD, "a\u0301\u0323", "a\u0323\u0301")]
    [InlineData(NormalizationForm.FormC, "a\u0301\u0323", "ạ\u0301")]
    [InlineData(NormalizationForm.FormC, "\u0958 𝅗𝅥", "\u0915\u093C \U0001D157\U0001D165")]
    public void Unicode_forms_follow_the_standard(NormalizationForm form, string text, string expected) =>
        Assert.Equal(expected, new UnicodeNormalizer(form).Normalize(text));

    [Fact]
    public void Lowercase_knows_the_dotted_capital_i_and_supplementary_letters() =>
        Assert.Equal("ai\u0307𐐨σ", new LowercaseNormalizer().Normalize("Aİ𐐀Σ"));

    [Fact]
    public void A_sequence_of_normalizers_runs_in_order()
    {
        var tokenizer = Tiny.With(Tiny.ByteLevel([]), "normalizer",
            """
            {"type": "Sequence", "normalizers": [{"type": "Lowercase"}, {"type": "Replace", "pattern": {"Regex": "b+"}, "content": "c"},
             {"type": "Replace", "pattern": {"String": "c"}, "content": "dd"}, {"type": "Prepend", "prepend": "_"}]}
            """);

        Assert.Equal(["_", "a", "d", "d"], tokenizer.Tokens("ABB"));
        Assert.Empty(tokenizer.Tokens(""));
    }
}
