using System.Text.Json.Nodes;
using Atropos.TestSupport;

namespace Atropos.Tokenizers.Tests;

public sealed class FolderTests
{
    [Fact]
    public void A_folder_without_a_tokenizer_says_what_was_looked_for()
    {
        using var folder = new TemporaryFolder();

        var empty = Assert.Throws<TokenizerLoadException>(() => Tokenizer.FromFolder(folder.Path));
        var missing = Assert.Throws<TokenizerLoadException>(() => Tokenizer.FromFolder(folder.File("nowhere")));
        var file = Assert.Throws<TokenizerLoadException>(() => Tokenizer.FromFile(folder.File("x.json")));

        Assert.Equal(
            $"{folder.Path}: no tokenizer in this folder; looked for tokenizer.json, tekken.json, tokenizer.model, spiece.model, tiktoken.model, *.tiktoken, vocab.json with merges.txt",
            empty.Message);
        Assert.Contains("nowhere: the folder does not exist", missing.Message, StringComparison.Ordinal);
        Assert.EndsWith("x.json: the file does not exist", file.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_tokenizer_json_comes_before_the_others()
    {
        using var folder = new TemporaryFolder();
        folder.Write("tokenizer.model", [1, 2, 3]).Write("x.tiktoken", "?").Write("tokenizer.json", Tiny.ByteLevel(["a b"]).ToJsonString());

        Assert.Equal([256], Tokenizer.FromFolder(folder.Path).Encode("ab", false));

        File.Delete(folder.File("tokenizer.json"));
        var error = Assert.Throws<TokenizerLoadException>(() => Tokenizer.FromFolder(folder.Path));
        Assert.Contains("tokenizer.model: expected JSON, a tiktoken vocabulary", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_any_name_is_known_by_its_content_and_takes_what_stands_beside_it()
    {
        using var folder = new TemporaryFolder();
        folder.Write("mine.json", Tiny.ByteLevel(["a b"]).ToJsonString()).Write("chat_template.json", """{"chat_template": "C"}""")
            .Write("special_tokens_map.json", """{"eos_token": {"content": "ab"}}""");

        var tokenizer = Tokenizer.FromFile(folder.File("mine.json"));

        Assert.Equal(("C", 256), (tokenizer.Settings.ChatTemplate, tokenizer.Settings.EosTokenId));
    }

    [Fact]
    public void An_error_in_any_json_names_the_file_that_it_is_in()
    {
        using var folder = new TemporaryFolder();
        folder.Write("mine.json", """{"model": {"type": "Odd"}}""");
        Assert.StartsWith(
            folder.File("mine.json") + ": $.model.type",
            Assert.Throws<TokenizerLoadException>(() => Tokenizer.FromFile(folder.File("mine.json"))).Message,
            StringComparison.Ordinal);

        folder.Write("mine.json", Tiny.ByteLevel([]).ToJsonString()).Write("tokenizer_config.json", "[]");
        Assert.StartsWith(
            folder.File("tokenizer_config.json") + ": $: expected an object, found Array",
            Assert.Throws<TokenizerLoadException>(() => Tokenizer.FromFile(folder.File("mine.json"))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_pair_of_vocabulary_and_merges_is_what_its_class_makes_of_it()
    {
        using var folder = Pair("GPT2Tokenizer", "a b", "Ġ ab", "1 1");
        var gpt = Tokenizer.FromFolder(folder.Path);
        Assert.Equal(["ab", "Ġab", "11", "1", "e", "Ì", "ģ"], gpt.Tokens("ab ab111e\u0301"));

        using var other = Pair("Qwen2TokenizerFast", "a b", "Ġ ab", "1 1");
        var qwen = Tokenizer.FromFolder(other.Path);
        Assert.Equal(["ab", "Ġab", "1", "1", "1", "Ã", "©", "<|end|>"], qwen.Tokens("ab ab111e\u0301<|end|>"));
        Assert.Equal(300, qwen.TokenToId("<|end|>"));
    }

    [Theory]
    [InlineData("CLIPTokenizer", "a b", "tokenizer_config.json: $.tokenizer_class: 'CLIPTokenizer'")]
    [InlineData("GPT2Tokenizer", "ab", "merges.txt: line 2: expected 'left right', found 'ab'")]
    public void A_pair_that_is_not_known_or_broken_is_refused(string tokenizerClass, string merge, string expected)
    {
        using var folder = Pair(tokenizerClass, merge);

        var error = Assert.Throws<TokenizerLoadException>(() => Tokenizer.FromFolder(folder.Path));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pair_without_a_class_asks_for_what_is_missing()
    {
        using var folder = Pair("GPT2Tokenizer", "a b");
        File.Delete(folder.File("tokenizer_config.json"));

        var error = Assert.Throws<TokenizerLoadException>(() => Tokenizer.FromFolder(folder.Path));

        Assert.Contains("SplitPattern", error.Message, StringComparison.Ordinal);
        Assert.Equal(["ab", "1"], Tokenizer.FromFolder(folder.Path, new TokenizerLoadOptions { SplitPattern = @"\w+" }).Tokens("ab1"));
    }

    private static TemporaryFolder Pair(string tokenizerClass, params string[] merges) => new TemporaryFolder()
        .Write("vocab.json", Tiny.ByteLevel(merges)["model"]!["vocab"]!.ToJsonString())
        .Write("merges.txt", "#version: 0.2\n" + string.Join('\n', merges) + "\n")
        .Write("tokenizer_config.json", new JsonObject
        {
            ["tokenizer_class"] = tokenizerClass,
            ["added_tokens_decoder"] = new JsonObject { ["300"] = new JsonObject { ["content"] = "<|end|>", ["special"] = true } },
        }.ToJsonString());
}
