namespace Atropos.Tokenizers.Tests;

public sealed class WordLevelTests
{
    private const string Model = """{"type": "WordLevel", "vocab": {"<u>": 0, "a": 1, "día": 2, "": 3}, "unk_token": "<u>"}""";

    [Theory]
    [InlineData("a", "1:a:0-1")]
    [InlineData("día", "2:día:0-4")]
    [InlineData("ab", "0:<u>:0-2")]
    [InlineData("<u>", "0:<u>:0-3")]
    [InlineData("dí", "0:<u>:0-3")]
    [InlineData("😀", "0:<u>:0-4")]
    public void Encode_takes_a_piece_as_a_whole(string piece, string expected) =>
        Assert.Equal(expected, ModelJson.Tokens(ModelJson.Load(Model), piece));

    [Fact]
    public void Encode_refuses_an_unknown_word_where_the_unknown_token_is_not_in_the_vocabulary()
    {
        var model = ModelJson.Load("""{"type": "WordLevel", "vocab": {"a": 0}, "unk_token": "<u>"}""");

        Assert.Equal([0], ModelJson.Ids(model, "a"));
        Assert.Contains("'<u>'", Assert.Throws<InvalidOperationException>(() => ModelJson.Ids(model, "b")).Message);
        Assert.Throws<InvalidOperationException>(() => ModelJson.Tokens(model, "b"));
    }

    [Fact]
    public void Encode_reports_the_word_of_the_text_where_two_share_an_id()
    {
        var model = ModelJson.Load("""{"type": "WordLevel", "vocab": {"a": 0, "b": 0}, "unk_token": "a"}""");

        Assert.Equal("0:a:0-1", ModelJson.Tokens(model, "a"));
        Assert.Equal("0:b:0-1", ModelJson.Tokens(model, "b"));
    }

    [Theory]
    [InlineData("""{"vocab": {"a": 0, "<u>": 1}, "unk_token": "<u>"}""")]
    [InlineData("""{"vocab": {"a": 0, "<u>": 1}, "unk_token": "<u>", "continuing_subword_prefix": "##"}""")]
    public void Load_knows_a_file_without_a_type_that_is_not_a_whole_WordPiece(string json) =>
        Assert.Equal("1:<u>:0-2", ModelJson.Tokens(ModelJson.Load(json), "aa"));

    [Theory]
    [InlineData("""{"type": "WordLevel", "vocab": {"a": 0}}""", "$.model.unk_token")]
    [InlineData("""{"type": "WordLevel", "vocab": {"a": 0}, "unk_token": null}""", "$.model.unk_token")]
    [InlineData("""{"type": "WordLevel", "unk_token": "a"}""", "$.model.vocab")]
    [InlineData("""{"type": "WordLevel", "vocab": {"a": -1}, "unk_token": "a"}""", "$.model.vocab")]
    [InlineData("""{"type": "WordLevel", "vocab": {"a": "1"}, "unk_token": "a"}""", "$.model.vocab")]
    public void Load_names_the_field_that_is_wrong(string json, string path) => Assert.Equal(path, ModelJson.RefusedAt(json));
}
