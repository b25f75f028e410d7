using System.Text.Json;

namespace Atropos.Tokenizers.Tests;

public sealed class UnigramTests
{
    private const string Pieces = """["<unk>", 0], ["a", -1], ["b", -2], ["ab", -2.5], ["xy", -3], ["é", -1], ["日本", -4], ["本", -1]""";

    [Theory]
    [InlineData("ab", "3:ab:0-2")]
    [InlineData("ba", "2:b:0-1 1:a:1-2")]
    [InlineData("xy", "4:xy:0-2")]
    [InlineData("éé", "5:é:0-2 5:é:2-4")]
    [InlineData("日本本", "6:日本:0-6 7:本:6-9")]
    [InlineData("", "")]
    public void Encode_takes_the_tokens_whose_scores_have_the_largest_sum(string piece, string expected) =>
        Assert.Equal(expected, ModelJson.Tokens(Load(Pieces), piece));

    [Theory]
    [InlineData("axb", "1:a:0-1 0:x:1-2 2:b:2-3")]
    [InlineData("xzxy", "0:xz:0-2 4:xy:2-4")]
    [InlineData("z😀本", "0:z😀:0-5 7:本:5-8")]
    [InlineData("日a", "0:日:0-3 1:a:3-4")]
    [InlineData("a<unk>b", "1:a:0-1 0:<unk>:1-6 2:b:6-7")]
    [InlineData("x<unk>z", "0:x<unk>z:0-7")]
    public void Encode_makes_a_run_of_unknown_characters_one_token_with_their_text(string piece, string expected) =>
        Assert.Equal(expected, ModelJson.Tokens(Load(Pieces), piece));

    [Fact]
    public void Encode_takes_a_lone_surrogate_for_the_replacement_character()
    {
        Assert.Equal("1:a:0-1 0:\ufffd:1-4 2:b:4-5", ModelJson.Tokens(Load(Pieces), "a\ud800b"));
        Assert.Equal("1:\ufffd:0-3", ModelJson.Tokens(Load("""["<unk>", 0], ["\ufffd", -1]"""), "\udc00"));
    }

    [Fact]
    public void Encode_looks_a_run_of_unknown_characters_up_once_more()
    {
        var model = Load("""["<unk>", 100], ["xy", 100], ["a", 100]""");

        Assert.Equal("1:xy:0-2 2:a:2-3", ModelJson.Tokens(model, "xya"));
        Assert.Equal("0:xyxy:0-4", ModelJson.Tokens(model, "xyxy"));
    }

    [Theory]
    [InlineData("""["<unk>", 0], ["a", -1], ["b", -1], ["ab", -2]""", "ab", "3:ab:0-2")]
    [InlineData("""["<unk>", 0], ["a", -1], ["b", -1], ["c", -1], ["ab", -2], ["bc", -2]""", "abc", "1:a:0-1 5:bc:1-3")]
    [InlineData("""["<unk>", 0], ["a", -1], ["b", -1], ["ab", -2.0000001]""", "ab", "1:a:0-1 2:b:1-2")]
    public void Encode_ends_with_the_token_that_begins_first_where_sums_are_equal(string pieces, string text, string expected) =>
        Assert.Equal(expected, ModelJson.Tokens(Load(pieces), text));

    [Fact]
    public void Encode_weighs_an_unknown_character_with_the_lowest_score_less_ten()
    {
        Assert.Equal("1:xy:0-2", ModelJson.Tokens(Load("""["<unk>", -20], ["xy", -19], ["x", -1]"""), "xy"));
        Assert.Equal("2:x:0-1 0:y:1-2", ModelJson.Tokens(Load("""["<unk>", 0], ["xy", -19], ["x", 11]"""), "xy"));
    }

    [Theory]
    [InlineData("aé", "1:a:0-1 2:<0xC3>:1-3 3:<0xA9>:1-3")]
    [InlineData("aéxé", "1:a:0-1 2:<0xC3>:1-6 3:<0xA9>:1-6 4:<0x78>:1-6 2:<0xC3>:1-6 3:<0xA9>:1-6")]
    [InlineData("axy", "1:a:0-1 0:xy:1-3")]
    [InlineData("y", "0:y:0-1")]
    public void Encode_falls_back_to_bytes_for_a_whole_run_or_not_at_all(string piece, string expected)
    {
        var model = Load("""["<unk>", 0], ["a", -1], ["<0xC3>", -5], ["<0xA9>", -5], ["<0x78>", -5]""", rest: """, "byte_fallback": true""");

        Assert.Equal(expected, ModelJson.Tokens(model, piece));
    }

    [Theory]
    [InlineData("null", "")]
    [InlineData("null", """, "byte_fallback": true""")]
    public void Encode_refuses_what_needs_an_unknown_token_where_there_is_none(string unkId, string rest)
    {
        var model = Load(Pieces, unkId, rest);

        Assert.Equal([3], ModelJson.Ids(model, "ab"));
        Assert.Contains("'z'", Assert.Throws<InvalidOperationException>(() => ModelJson.Ids(model, "azb")).Message);
        Assert.Throws<InvalidOperationException>(() => ModelJson.Tokens(model, "azb"));
        Assert.Throws<InvalidOperationException>(() => ModelJson.Ids(model, "xy"));
    }

    [Fact]
    public void Encode_never_finds_an_empty_token_and_counts_it_all_the_same()
    {
        var model = Load("""["", 0], ["a", -1]""");

        Assert.Equal("0:x:0-1 1:a:1-2", ModelJson.Tokens(model, "xa"));
    }

    [Fact]
    public void Encode_takes_the_last_of_two_equal_tokens() =>
        Assert.Equal([2, 3], ModelJson.Ids(Load("""["<unk>", 0], ["a", -1], ["a", -5], ["b", -1]"""), "ab"));

    [Fact]
    public void Encode_takes_a_piece_and_a_token_of_any_length()
    {
        var longest = new string('é', 5000);
        var model = Load($$"""["<unk>", 0], ["é", -1], ["{{longest}}", -2], ["a", -1]""");

        Assert.Equal("3:a:0-1 2:" + longest + ":1-10001 3:a:10001-10002", ModelJson.Tokens(model, "a" + longest + "a"));
        Assert.Equal(600_000, ModelJson.Ids(Load(Pieces), new string('b', 600_000)).Length);
        Assert.Single(ModelJson.Ids(Load(Pieces), new string('z', 1_500_000)));
        Assert.Equal([3], ModelJson.Ids(Load(Pieces), "ab"));
    }

    [Theory]
    [InlineData("""{"vocab": [["<unk>", 0], ["a", -1]], "unk_id": 0}""", "xa", "0:x:0-1 1:a:1-2")]
    [InlineData("""{"type": "Unigram", "vocab": [["a", -1]]}""", "aa", "0:a:0-1 0:a:1-2")]
    [InlineData("""{"type": "Unigram", "vocab": [["a", -1], ["u", -1]], "unk_id": 1, "fuse_unk": false, "alpha": 0.1, "nbest_size": 64}""", "xy", "1:xy:0-2")]
    public void Load_knows_old_files_and_passes_over_what_the_format_has_not(string json, string piece, string expected) =>
        Assert.Equal(expected, ModelJson.Tokens(ModelJson.Load(json), piece));

    [Theory]
    [InlineData("""{"type": "Unigram", "unk_id": 0}""", "$.model.vocab")]
    [InlineData("""{"type": "Unigram", "vocab": {"a": 0}}""", "$.model.vocab")]
    [InlineData("""{"type": "Unigram", "vocab": [["a", 0], ["b"]]}""", "$.model.vocab[1]")]
    [InlineData("""{"type": "Unigram", "vocab": [["a", 0, 1]]}""", "$.model.vocab[0]")]
    [InlineData("""{"type": "Unigram", "vocab": [["a", "0"]]}""", "$.model.vocab[0]")]
    [InlineData("""{"type": "Unigram", "vocab": [["a", 1e400]]}""", "$.model.vocab[0]")]
    [InlineData("""{"type": "Unigram", "vocab": [["a", 0]], "unk_id": 1}""", "$.model.unk_id")]
    [InlineData("""{"type": "Unigram", "vocab": [["a", 0]], "unk_id": -1}""", "$.model.unk_id")]
    [InlineData("""{"type": "Unigram", "vocab": [["a", 0]], "unk_id": 0.5}""", "$.model.unk_id")]
    [InlineData("""{"type": "Unigram", "vocab": [["a", 0]], "unk_id": "a"}""", "$.model.unk_id")]
    [InlineData("""{"type": "Unigram", "vocab": [], "unk_id": 0}""", "$.model.unk_id")]
    [InlineData("""{"type": "Unigram", "vocab": [["a", 0]], "unk_id": 0, "byte_fallback": null}""", "$.model.byte_fallback")]
    public void Load_names_the_field_that_is_wrong(string json, string path) => Assert.Equal(path, ModelJson.RefusedAt(json));

    internal static Models.TokenModel Load(string pieces, string unkId = "0", string rest = "") =>
        ModelJson.Load($$"""{"type": "Unigram", "unk_id": {{unkId}}, "vocab": [{{pieces}}]{{rest}}}""");

    internal static string Pieced(IEnumerable<(string Text, double Score)> pieces) =>
        string.Join(", ", pieces.Select(piece => JsonSerializer.Serialize(new object[] { piece.Text, piece.Score })));

    [Fact]
    public void Of_two_equal_tokens_the_later_is_found_and_the_earlier_stays_the_token_of_its_id()
    {
        var model = ModelJson.Load("""{"type": "Unigram", "unk_id": 0, "vocab": [["<unk>", 0], ["a", -1], ["a", -2], ["b", -3]]}""");

        Assert.Equal([2, 3], ModelJson.Ids(model, "ab"));
        Assert.Equal(4, model.Vocabulary.Count);
        Assert.Equal("a", model.Vocabulary.TokenOf(1));
        Assert.Equal("a", model.Vocabulary.TokenOf(2));
    }
}
