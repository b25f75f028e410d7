using System.Text;

namespace Atropos.Tokenizers.Tests;

/// <summary>Reading a BPE model's vocabulary and merges straight from the file.</summary>
public sealed class BpeLoadingTests
{
    [Theory]
    [InlineData("""{"type": "BPE", "vocab": {"a": 0, "b": 1, "ab": 2}, "merges": ["a b"]}""")]
    [InlineData("""{"merges": ["a b"], "vocab": {"a": 0, "b": 1, "ab": 2}, "type": "BPE"}""")]
    [InlineData("""{"merges": [["a", "b"]], "vocab": {"b": 1, "ab": 2, "a": 0}}""")]
    [InlineData("""{"vocab": {"\u0061": 7, "b": 1, "a\u0062": 2, "a": 0}, "merges": [["\u0061", "b"]]}""")]
    [InlineData("""{"type": "BPE", "vocab": {"a": 0, "b": 1, "ab": 2}, "merges": ["#version: 0.2", "a b"]}""")]
    public void A_model_may_be_written_in_many_ways(string model)
    {
        var tokenizer = Load(model);

        Assert.Equal([0, 2, 1], tokenizer.Encode("aabb", addSpecialTokens: false));
        Assert.Equal("ab", tokenizer.IdToToken(2));
    }

    [Theory]
    [InlineData("""{"type": "BPE", "vocab": {"a": 0, "##b": 1, "ab": 2}, "continuing_subword_prefix": "##", "merges": ["a ##b"]}""")]
    [InlineData("""{"type": "BPE", "vocab": {"a": 0, "##b": 1, "ab": 2}, "merges": ["a ##b"], "continuing_subword_prefix": "##"}""")]
    public void A_prefix_counts_wherever_it_stands(string model) =>
        Assert.Equal([2], Load(model).Encode("ab", addSpecialTokens: false));

    [Theory]
    [InlineData("""{"type": "BPE", "vocab": [], "merges": []}""", "$.model.vocab: expected an object from token to id")]
    [InlineData("""{"type": "BPE", "vocab": {"a": 0}}""", "$.model.merges: expected a list of merges")]
    [InlineData("""{"type": "BPE", "vocab": {"a": 0.5}, "merges": []}""", "$.model.vocab: expected an id of 0 or more for token 'a', found 0.5")]
    [InlineData("""{"type": "BPE", "vocab": {"a": 99999999}, "merges": []}""", "the largest is 16777215")]
    [InlineData("""{"type": "BPE", "vocab": {"a": {"b": 1}}, "merges": []}""", "for token 'a', found {\"b\": 1}")]
    [InlineData("""{"type": "BPE", "vocab": {"\ud800": 0}, "merges": []}""", "$.model.vocab: expected text, found half of a surrogate pair")]
    [InlineData("""{"type": "BPE", "vocab": {"a": 0}, "merges": [["a", "a"]]}""", "$.model.merges[0]: token 'aa' of this merge")]
    [InlineData("""{"type": "BPE", "vocab": {"a": 0, "aa": 1}, "merges": ["a a", "a a a"]}""", "$.model.merges[1]: expected \"left right\" or [\"left\", \"right\"], found \"a a a\"")]
    [InlineData("""{"type": "BPE", "vocab": {"a": 0, "aa": 1}, "merges": [["a", "a"], ["a", 1]]}""", "$.model.merges[1]: expected \"left right\" or [\"left\", \"right\"], found [\"a\", 1]")]
    [InlineData("""{"type": "BPE", "vocab": {"a": 0, "aa": 1}, "merges": [["a", "a", "a"]]}""", "$.model.merges[0]: expected")]
    [InlineData("""{"type": "BPE", "vocab": {"a": 0}, "merges": [7]}""", "$.model.merges[0]: expected")]
    public void A_table_that_is_broken_is_refused_by_place(string model, string expected)
    {
        var error = Assert.Throws<TokenizerLoadException>(() => Load(model));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        var json = Encoding.Latin1.GetBytes("""{"model": {"type": "BPE", "vocab": {"é": 0}, "merges": []}}""");

        Assert.Contains("UTF-8", Assert.Throws<TokenizerLoadException>(() => Tokenizer.FromJson(json)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"model": {"vocab": {"a": 0,}, "merges": []}}""")]
    [InlineData("""{"model": {"vocab": {"a": 0}, "merges": ["a b}}""")]
    [InlineData("""{"model": {"vocab": {"a": 0}, "merges": []}} x""")]
    [InlineData("""{"model": {"vocab": {"a": 0}, "merges": [""")]
    [InlineData("")]
    public void A_file_that_ends_or_breaks_in_a_table_is_no_json(string json)
    {
        var error = Assert.Throws<TokenizerLoadException>(() => Tokenizer.FromJson(Encoding.UTF8.GetBytes(json)));

        Assert.Contains("expected JSON", error.Message, StringComparison.Ordinal);
    }

    // As text: what reads and writes JSON would change how it is written.
    private static Tokenizer Load(string model) => Tokenizer.FromJson(Encoding.UTF8.GetBytes(
        $$"""{"added_tokens": [], "normalizer": null, "pre_tokenizer": null, "model": {{model}}, "post_processor": null, "decoder": null}"""));
}
