using Atropos.ChatFormats.Templates;
using Atropos.Jinja;
using static Atropos.ChatFormats.Tests.Templates.Conversation;

namespace Atropos.ChatFormats.Tests.Templates;

public sealed class ChatTemplateTests
{
    private static readonly TemplateInput Hello = Input("""[{"role": "user", "content": "Hi"}]""");

    [Fact]
    public void Special_tokens_that_are_not_set_are_undefined()
    {
        var template = ChatTemplate.Parse(
            "{{ bos_token is defined }} {{ eos_token is defined }} {{ image_token }} {{ additional_special_tokens is defined }}",
            new Dictionary<string, string> { ["bos_token"] = "<s>", ["image_token"] = "<image>" });

        Assert.Equal("True False <image> False", template.Render(Hello));
    }

    [Fact]
    public void Additional_special_tokens_are_a_list() => Assert.Equal(
        "<a>|<b>", ChatTemplate.Parse("{{ additional_special_tokens | join('|') }}", additionalSpecialTokens: ["<a>", "<b>"]).Render(Hello));

    [Fact]
    public void Arguments_win_over_special_tokens()
    {
        var template = ChatTemplate.Parse("{{ bos_token ~ enable_thinking }}", new Dictionary<string, string> { ["bos_token"] = "<s>" });

        Assert.Equal("<t>False", template.Render(Hello with { Arguments = (JinjaDict)Json("""{"bos_token": "<t>", "enable_thinking": false}""")! }));
    }

    [Theory]
    [InlineData("messages")]
    [InlineData("tools")]
    [InlineData("documents")]
    [InlineData("add_generation_prompt")]
    [InlineData("continue_final_message")]
    [InlineData("chat_template")]
    [InlineData("tokenize")]
    public void An_argument_that_is_given_in_another_way_is_refused_by_name(string name)
    {
        var input = Hello with { Arguments = (JinjaDict)Json($$"""{"{{name}}": 1}""")! };

        var error = Assert.Throws<TemplateArgumentException>(() => ChatTemplate.Parse("{{ messages[0].content }}").Render(input));

        Assert.Equal(name, error.Name);
        Assert.Contains($"'{name}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_given_is_None_and_defined() => Assert.Equal(
        "True True False", ChatTemplate.Parse("{{ tools is none }} {{ documents is none }} {{ add_generation_prompt }}").Render(Hello));
}
