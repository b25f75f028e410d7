using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Atropos.Tokenizers.Tests;

public sealed class WordPieceTests
{
    private static readonly string[] Vocabulary = ["[UNK]", "a", "##b", "##a", "é", "##", "##é", "ab", "##bab", "😀", "##😀"];

    [Theory]
    [InlineData("a", "1:a:0-1")]
    [InlineData("ab", "7:ab:0-2")]
    [InlineData("abb", "7:ab:0-2 2:##b:2-3")]
    [InlineData("abbab", "7:ab:0-2 8:##bab:2-5")]
    [InlineData("abba", "7:ab:0-2 2:##b:2-3 3:##a:3-4")]
    [InlineData("éé", "4:é:0-2 6:##é:2-4")]
    [InlineData("😀😀a", "9:😀:0-4 10:##😀:4-8 3:##a:8-9")]
    [InlineData("##", "5:##:0-2")]
    [InlineData("##b", "2:##b:0-3")]
    [InlineData("a##", "0:[UNK]:0-3")]
    [InlineData("b", "0:[UNK]:0-1")]
    [InlineData("abc", "0:[UNK]:0-3")]
    [InlineData("abé?", "0:[UNK]:0-5")]
    [InlineData("[UNK]", "0:[UNK]:0-5")]
    [InlineData("", "")]
    public void Encode_takes_the_longest_token_again_and_again(string word, string expected) =>
        Assert.Equal(expected, ModelJson.Tokens(ModelJson.Load(Json()), word));

    [Theory]
    [InlineData("aaaa", "1:a:0-1 3:##a:1-2 3:##a:2-3 3:##a:3-4")]
    [InlineData("aaaaa", "0:[UNK]:0-5")]
    [InlineData("éééé", "4:é:0-2 6:##é:2-4 6:##é:4-6 6:##é:6-8")]
    [InlineData("😀😀😀😀", "9:😀:0-4 10:##😀:4-8 10:##😀:8-12 10:##😀:12-16")]
    [InlineData("😀😀😀😀😀", "0:[UNK]:0-20")]
    [InlineData("aaaaaaaaaaaa", "0:[UNK]:0-12")]
    public void Encode_counts_the_longest_word_in_code_points(string word, string expected) =>
        Assert.Equal(expected, ModelJson.Tokens(ModelJson.Load(Json(most: 4)), word));

    [Fact]
    public void Encode_knows_no_word_where_the_longest_has_no_characters() =>
        Assert.Equal([0], ModelJson.Ids(ModelJson.Load(Json(most: 0)), "a"));

    [Fact]
    public void Encode_uses_the_same_tokens_everywhere_without_a_prefix() =>
        Assert.Equal("1:a:0-1 4:é:1-3 1:a:3-4 5:##:4-6", ModelJson.Tokens(ModelJson.Load(Json(prefix: "")), "aéa##"));

    [Fact]
    public void Encode_has_nothing_to_go_on_with_where_no_token_has_the_prefix()
    {
        var model = ModelJson.Load(Json(prefix: "@@"));

        Assert.Equal("1:a:0-1", ModelJson.Tokens(model, "a"));
        Assert.Equal("0:[UNK]:0-2", ModelJson.Tokens(model, "aa"));
    }

    [Fact]
    public void Encode_refuses_an_unknown_word_where_the_unknown_token_is_not_in_the_vocabulary()
    {
        var model = ModelJson.Load(Json(most: 4, unk: "zz"));

        Assert.Equal([1], ModelJson.Ids(model, "a"));
        Assert.Contains("'zz'", Assert.Throws<InvalidOperationException>(() => ModelJson.Ids(model, "c")).Message);
        Assert.Throws<InvalidOperationException>(() => ModelJson.Ids(model, "aaaaa"));
        Assert.Throws<InvalidOperationException>(() => ModelJson.Tokens(model, "aaaaaaaaaaa"));
    }

    [Fact]
    public void Encode_takes_a_word_of_any_length_where_the_limit_allows_it()
    {
        var ids = ModelJson.Ids(ModelJson.Load(Json(most: 1_000_000)), new string('a', 100_000));

        Assert.Equal(100_000, ids.Length);
        Assert.Equal(1, ids[0]);
        Assert.All(ids.Skip(1), id => Assert.Equal(3, id));
    }

    [Fact]
    public void Encode_is_the_search_by_substrings()
    {
        var model = ModelJson.Load(Json());
        var words = Gen.Elements("a", "b", "é", "😀", "#", "##", "x", "\ud800").ListOf().Select(parts => string.Concat(parts));
        Prop.ForAll(Arb.From(words), word => Assert.Equal(BySubstrings(word), ModelJson.Ids(model, word))).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("unk_token")]
    [InlineData("continuing_subword_prefix")]
    [InlineData("max_input_chars_per_word")]
    [InlineData("vocab")]
    public void Load_needs_every_field_where_the_type_is_given(string field)
    {
        var model = JsonNode.Parse(Json())!.AsObject();
        model.Remove(field);

        Assert.Equal($"$.model.{field}", ModelJson.RefusedAt(model.ToJsonString()));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("\"4\"")]
    public void Load_refuses_a_limit_that_is_no_count(string limit)
    {
        var model = JsonNode.Parse(Json())!.AsObject();
        model["max_input_chars_per_word"] = JsonNode.Parse(limit);

        Assert.Equal("$.model.max_input_chars_per_word", ModelJson.RefusedAt(model.ToJsonString()));
    }

    [Fact]
    public void Load_knows_a_file_without_a_type_by_its_fields()
    {
        var model = JsonNode.Parse(Json())!.AsObject();
        model.Remove("type");

        Assert.Equal("1:a:0-1 3:##a:1-2", ModelJson.Tokens(ModelJson.Load(model.ToJsonString()), "aa"));
    }

    private static string Json(string prefix = "##", int most = 100, string unk = "[UNK]") => JsonSerializer.Serialize(new
    {
        type = "WordPiece",
        unk_token = unk,
        continuing_subword_prefix = prefix,
        max_input_chars_per_word = most,
        vocab = Vocabulary.Select((token, id) => (token, id)).ToDictionary(entry => entry.token, entry => entry.id),
    });

    private static int[] BySubstrings(string word)
    {
        var ids = new List<int>();
        word = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(word));
        for (var start = 0; start < word.Length;)
        {
            var end = word.Length;
            var id = -1;
            while (end > start && (id = Array.IndexOf(Vocabulary, (start > 0 ? "##" : "") + word[start..end])) < 0)
            {
                end--;
            }

            if (id < 0)
            {
                return [0];
            }

            ids.Add(id);
            start = end;
        }

        return [.. ids];
    }
}
