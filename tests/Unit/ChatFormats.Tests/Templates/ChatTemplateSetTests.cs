using Atropos.ChatFormats.Templates;
using Atropos.Jinja;
using Atropos.Tokenizers;
using static Atropos.ChatFormats.Tests.Templates.Conversation;

namespace Atropos.ChatFormats.Tests.Templates;

public sealed class ChatTemplateSetTests
{
    [Theory]
    [InlineData(null, false, "D")]
    [InlineData("", true, "T")]
    [InlineData("default", true, "D")]
    [InlineData("tool_use", false, "T")]
    [InlineData("rag", true, "R")]
    [InlineData("{{ 'text' }}", true, "{{ 'text' }}")]
    [InlineData("no name", false, "no name")]
    public void A_template_is_chosen_by_name_by_text_or_by_the_tools(string? nameOrText, bool hasTools, string expected) =>
        Assert.Equal(expected, Set("D", ("tool_use", "T"), ("rag", "R")).Select(nameOrText, hasTools).Source);

    [Fact]
    public void Tools_get_the_default_where_there_is_no_template_for_them() =>
        Assert.Equal("D", Set("D", ("rag", "R")).Select(null, hasTools: true).Source);

    [Fact]
    public void A_word_that_names_no_template_is_refused_with_those_that_there_are()
    {
        var error = Assert.Throws<ChatTemplateNotFoundException>(() => Set("D", ("tool_use", "T")).Select("tooluse", hasTools: false));

        Assert.Contains("default, tool_use, chatml", error.Message, StringComparison.Ordinal);
        Assert.False(error.HasNone);
    }

    [Fact]
    public void Several_templates_without_a_default_are_named()
    {
        var set = Set(null, ("tool_use", "T"), ("rag", "R"));

        Assert.Contains("rag, tool_use", Assert.Throws<ChatTemplateNotFoundException>(() => set.Select(null, hasTools: false)).Message, StringComparison.Ordinal);
        Assert.Equal("T", set.Select(null, hasTools: true).Source);
        Assert.True(set.HasAny);
    }

    [Fact]
    public void A_tokenizer_without_template_says_how_to_give_one()
    {
        var error = Assert.Throws<ChatTemplateNotFoundException>(() => Set(null).Select(null, hasTools: false));

        Assert.True(error.HasNone);
        Assert.Contains("chat_template.jinja", error.Message, StringComparison.Ordinal);
        Assert.Contains("'chatml'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Chatml_is_rendered_where_it_is_asked_for()
    {
        var input = Input(
            """[{"role": "system", "content": "S"}, {"role": "user", "content": [{"type": "text", "text": " U\n"}]}, {"role": "assistant", "content": null}]""");
        var template = Set(null).Select("chatml", hasTools: true);

        const string expected = "<|im_start|>system\nS<|im_end|>\n<|im_start|>user\n U\n<|im_end|>\n<|im_start|>assistant\n<|im_end|>\n";
        Assert.Equal(expected, template.Render(input));
        Assert.Equal(expected + "<|im_start|>assistant\n", template.Render(input with { AddGenerationPrompt = true }));
    }

    [Fact]
    public void A_tokenizers_own_chatml_wins() => Assert.Equal("C", Set("D", ("chatml", "C")).Select("chatml", hasTools: false).Source);

    [Fact]
    public void A_text_is_compiled_once()
    {
        var set = Set("{{ bos_token }}");

        Assert.Same(set.Select(null, hasTools: false), set.Select("{{ bos_token }}", hasTools: true));
        Assert.Equal("<s>", set.Select(null, hasTools: false).Render(Input("""[{"role": "user", "content": ""}]""")));
    }

    [Fact]
    public void A_text_that_is_no_template_is_a_syntax_error() =>
        Assert.Throws<TemplateSyntaxException>(() => Set(null).Select("{% for %}", hasTools: false));

    private static ChatTemplateSet Set(string? template, params ReadOnlySpan<(string Name, string Text)> named)
    {
        var templates = new Dictionary<string, string>();
        foreach (var (name, text) in named)
        {
            templates.Add(name, text);
        }

        return new ChatTemplateSet(new TokenizerSettings
        {
            ChatTemplate = template,
            NamedChatTemplates = templates,
            SpecialTokens = new Dictionary<string, string> { ["bos_token"] = "<s>" },
        });
    }
}
