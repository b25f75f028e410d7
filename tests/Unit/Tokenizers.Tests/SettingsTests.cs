using Atropos.TestSupport;

namespace Atropos.Tokenizers.Tests;

public sealed class SettingsTests
{
    [Fact]
    public void Special_tokens_that_are_set_are_known_by_their_roles()
    {
        var settings = Load(
            """
            {"bos_token": {"content": "<s>"}, "eos_token": "</s>", "unk_token": null, "pad_token": "", "cls_token": "[CLS]",
             "extra_special_tokens": {"image_token": "<image>", "odd": 1}, "model_specific_special_tokens": {"boi_token": {"content": "<boi>"}},
             "additional_special_tokens": ["<a>", {"content": "<b>"}, 3]}
            """,
            """{"sep_token": "[SEP]", "mask_token": {"content": "[MASK]"}, "bos_token": "other", "additional_special_tokens": ["<c>"]}""");

        Assert.Equal(
            ["boi_token=<boi>", "bos_token=<s>", "cls_token=[CLS]", "eos_token=</s>", "image_token=<image>", "mask_token=[MASK]", "sep_token=[SEP]"],
            settings.SpecialTokens.Select(pair => $"{pair.Key}={pair.Value}").Order(StringComparer.Ordinal));
        Assert.Equal(["<a>", "<b>"], settings.AdditionalSpecialTokens);
    }

    [Fact]
    public void A_list_of_extra_tokens_is_one_of_additional_tokens()
    {
        Assert.Equal(["<a>"], Load("""{"extra_special_tokens": ["<a>"]}""").AdditionalSpecialTokens);
        Assert.Equal(["<c>"], Load("{}", """{"additional_special_tokens": ["<c>"]}""").AdditionalSpecialTokens);
        Assert.Empty(Load("""{"additional_special_tokens": null}""").AdditionalSpecialTokens);
    }

    [Theory]
    [InlineData("""{"chat_template": "C"}""", "C", "")]
    [InlineData("""{"chat_template": [{"name": "default", "template": "C"}, {"name": "rag", "template": "R"}]}""", "C", "default rag")]
    [InlineData("""{"chat_template": {"tool_use": "T", "rag": "R"}}""", null, "rag tool_use")]
    [InlineData("{}", null, "")]
    public void Templates_of_the_configuration_are_one_or_several_by_name(string config, string? template, string names)
    {
        var settings = Load(config);

        Assert.Equal(template, settings.ChatTemplate);
        Assert.Equal(names, string.Join(' ', settings.NamedChatTemplates.Keys.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Template_files_are_taken_instead_of_the_configurations_templates()
    {
        const string config = """{"chat_template": [{"name": "default", "template": "C"}, {"name": "rag", "template": "R"}]}""";

        var whole = Load(config, "{}", ("chat_template.jinja", "J"), ("additional_chat_templates/tool_use.jinja", "T"));
        var without = Load(config, "{}", ("additional_chat_templates/tool_use.jinja", "T"));

        Assert.Equal("J", whole.ChatTemplate);
        Assert.Equal(["default", "tool_use"], whole.NamedChatTemplates.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("C", without.ChatTemplate);
        Assert.Equal(["default", "tool_use"], without.NamedChatTemplates.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_processors_template_stands_between_the_file_and_the_configuration()
    {
        const string config = """{"chat_template": "C"}""";
        var processor = ("chat_template.json", """{"chat_template": "P"}""");

        Assert.Equal("P", Load(config, "{}", processor).ChatTemplate);
        Assert.Equal("J", Load(config, "{}", processor, ("chat_template.jinja", "J")).ChatTemplate);
    }

    private static TokenizerSettings Load(string config, string map = "{}", params ReadOnlySpan<(string Name, string Text)> files)
    {
        using var folder = new TemporaryFolder();
        folder.Write("tokenizer.json", Tiny.ByteLevel([]).ToJsonString());
        folder.Write("tokenizer_config.json", config);
        folder.Write("special_tokens_map.json", map);
        foreach (var (name, text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder.Path, name))!);
            folder.Write(name, text);
        }

        return Tokenizer.FromFolder(folder.Path).Settings;
    }
}
