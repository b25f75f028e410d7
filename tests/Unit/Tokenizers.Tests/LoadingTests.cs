using System.Text;
using Atropos.TestSupport;

namespace Atropos.Tokenizers.Tests;

public sealed class LoadingTests
{
    [Theory]
    [InlineData("normalizer", """{"type": "Sequence", "normalizers": [{"type": "NFC"}, {"type": "Odd"}]}""", "$.normalizer.normalizers[1].type: normalizer 'Odd'")]
    [InlineData("pre_tokenizer", """{"type": "Odd"}""", "$.pre_tokenizer.type: pre-tokenizer 'Odd'")]
    [InlineData("model", """{"type": "Odd"}""", "$.model.type: model 'Odd'")]
    [InlineData("model", "null", "$.model: expected a model")]
    [InlineData("post_processor", """{"type": "Odd"}""", "$.post_processor.type: post-processor 'Odd'")]
    [InlineData("decoder", """{"type": "Odd"}""", "$.decoder.type: decoder 'Odd'")]
    [InlineData("decoder", """{"type": 1}""", "$.decoder.type: expected a string, found Number")]
    [InlineData("added_tokens", """[{"id": 1, "content": "x"}]""", "$.added_tokens[0].special: expected true or false, found nothing")]
    [InlineData("pre_tokenizer", """{"type": "Split", "pattern": {"Regex": "(?~name)"}, "behavior": "Isolated", "invert": false}""", "$.pre_tokenizer.pattern.Regex")]
    [InlineData("pre_tokenizer", """{"type": "Split", "pattern": {"Regex": "a"}, "behavior": "Odd", "invert": false}""", "$.pre_tokenizer.behavior: 'Odd'")]
    [InlineData("model", """{"type": "BPE", "vocab": {"a": 0}, "merges": ["a b"]}""", "$.model.merges[0]: token 'b'")]
    [InlineData("model", """{"type": "BPE", "vocab": {"a": -1}, "merges": []}""", "$.model.vocab: expected an id of 0 or more for token 'a', found -1")]
    [InlineData("model", """{"type": "BPE", "vocab": {"a": 0}, "merges": [["a"]]}""", "$.model.merges[0]: expected")]
    [InlineData("model", """{"type": "BPE", "vocab": {"a": 0}, "merges": [], "dropout": 0.1}""", "$.model.dropout")]
    public void A_component_that_is_not_known_is_refused_by_file_path_and_value(string section, string value, string expected)
    {
        var error = Assert.Throws<TokenizerLoadException>(() => Tiny.With(Tiny.ByteLevel([]), section, value));

        Assert.StartsWith("tokenizer.json: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_lists_what_is_supported()
    {
        var error = Assert.Throws<TokenizerLoadException>(() => Tiny.With(Tiny.ByteLevel([]), "decoder", """{"type": "Odd"}"""));

        Assert.EndsWith("supported are ByteLevel, ByteFallback, Fuse, Replace, Strip, Metaspace, WordPiece, BPEDecoder, CTC, Sequence", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_is_no_json_is_refused_with_its_place()
    {
        var error = Assert.Throws<TokenizerLoadException>(() => Tokenizer.FromJson("{\n  \"model\": }"u8));

        Assert.Contains("LineNumber: 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_come_from_all_files_of_a_folder()
    {
        using var folder = new TemporaryFolder();
        var missing = Assert.Throws<TokenizerLoadException>(() => Tokenizer.FromFolder(folder.Path));
        Assert.Contains("tokenizer.json", missing.Message, StringComparison.Ordinal);

        folder.Write("tokenizer.json", Tiny.ByteLevel([], ["<s>", "</s>", "<pad>", "<|end|>"]).ToJsonString());
        folder.Write("tokenizer_config.json",
            """
            {"bos_token": {"content": "<s>"}, "eos_token": "</s>", "model_max_length": 1000000000000000019884624838656, "add_bos_token": true,
             "clean_up_tokenization_spaces": true, "chat_template": [{"name": "default", "template": "D"}, {"name": "tool_use", "template": "T"}]}
            """);
        folder.Write("special_tokens_map.json", """{"pad_token": "<pad>", "bos_token": "other"}""");
        folder.Write("generation_config.json", """{"eos_token_id": [257, 259]}""");

        var settings = Tokenizer.FromFolder(folder.Path).Settings;

        Assert.Equal(("<s>", 256), (settings.BosToken, settings.BosTokenId));
        Assert.Equal(("</s>", 257), (settings.EosToken, settings.EosTokenId));
        Assert.Equal(("<pad>", 258), (settings.PadToken, settings.PadTokenId));
        Assert.Equal([257, 259], settings.EosTokenIds);
        Assert.Equal("D", settings.ChatTemplate);
        Assert.Equal("T", settings.NamedChatTemplates["tool_use"]);
        Assert.Null(settings.ModelMaxLength);
        Assert.True(settings.AddBosToken);
        Assert.True(settings.CleanUpTokenizationSpaces);

        folder.Write("chat_template.jinja", "J");
        Assert.Equal("J", Tokenizer.FromFolder(folder.Path).Settings.ChatTemplate);
        folder.Write("generation_config.json", """{"eos_token_id": "x"}""");
        var broken = Assert.Throws<TokenizerLoadException>(() => Tokenizer.FromFolder(folder.Path));
        Assert.Contains("generation_config.json: $.eos_token_id", broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Streams_load_as_bytes_do()
    {
        var json = Encoding.UTF8.GetBytes(Tiny.ByteLevel([]).ToJsonString());
        using var stream = new MemoryStream(json);
        using var config = new MemoryStream("""{"model_max_length": 4096, "chat_template": "C"}"""u8.ToArray());

        var tokenizer = Tokenizer.FromStreams(stream, config);

        Assert.Equal((4096, "C"), (tokenizer.Settings.ModelMaxLength, tokenizer.Settings.ChatTemplate));
        Assert.Equal("X", Tokenizer.FromJson(json, chatTemplate: "X").Settings.ChatTemplate);
        Assert.Empty(tokenizer.Settings.EosTokenIds);
    }
}
