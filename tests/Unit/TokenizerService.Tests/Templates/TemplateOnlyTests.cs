using Atropos.ChatFormats.Templates;
using Atropos.Hosting.Errors;
using Atropos.Tokenizer.V1;
using Atropos.TokenizerService.Templates;
using Grpc.Core;
using static Atropos.TokenizerService.Tests.TokenizerFixture;

namespace Atropos.TokenizerService.Tests.Templates;

public sealed class TemplateOnlyTests
{
    private readonly TemplateCache _templates = ChatRenderer.CreateTemplateCache();

    [Fact]
    public void A_template_alone_gives_its_text_and_no_ids()
    {
        var response = ChatRenderer.RenderTemplateOnly(_templates, Request("{{ messages[0].content }}{{ bos_token is defined }}<think>"));

        Assert.Equal("HiFalse<think>", response.Text);
        Assert.Empty(response.TokenIds);
        Assert.Equal("", response.TokenizerFingerprint);
        Assert.True(response.StartsInReasoning);
    }

    [Fact]
    public void ChatMl_can_be_asked_for_by_its_name() =>
        Assert.Equal(
            "<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n", ChatRenderer.RenderTemplateOnly(_templates, Request("chatml")).Text);

    [Fact]
    public void Values_are_all_that_it_knows_of_special_tokens()
    {
        var request = Request("{{ bos_token }}{{ n }}");
        request.ChatTemplateKwargs = """{"bos_token": "<s>", "n": 1.0}""";

        Assert.Equal("<s>1.0", ChatRenderer.RenderTemplateOnly(_templates, request).Text);
    }

    [Theory]
    [InlineData("chat_template")]
    [InlineData("tokenizer")]
    [InlineData("continuation")]
    [InlineData("continue_final_message")]
    [InlineData("messages")]
    public void What_goes_with_a_tokenizer_only_is_refused_by_its_field(string field)
    {
        var request = Request("x");
        switch (field)
        {
            case "chat_template":
                request.ClearChatTemplate();
                break;
            case "tokenizer":
                request.Tokenizer = "t";
                break;
            case "continuation":
                request.Continuation = new Continuation { MatchedMessages = 1 };
                break;
            case "continue_final_message":
                (request.ContinueFinalMessage, request.AddGenerationPrompt) = (true, true);
                break;
            default:
                request.Messages.Clear();
                break;
        }

        var error = Assert.Throws<AtroposException>(() => ChatRenderer.RenderTemplateOnly(_templates, request));
        Assert.Equal((StatusCode.InvalidArgument, field), (error.StatusCode, error.Field));
    }

    [Fact]
    public void A_template_that_does_not_compile_is_told_with_its_line()
    {
        var error = Assert.Throws<AtroposException>(() => ChatRenderer.RenderTemplateOnly(_templates, Request("\n\n{% endfor %}")));

        Assert.Equal("chat_template", error.Field);
        Assert.Contains("(line 3)", error.Message);
        Assert.Equal(0, _templates.Count);
    }

    [Fact]
    public void A_raised_message_of_any_length_is_bounded()
    {
        var error = Assert.Throws<AtroposException>(
            () => ChatRenderer.RenderTemplateOnly(_templates, Request("{{ raise_exception('x' * 1000000) }}")));

        Assert.InRange(error.Message.Length, 4096, 5000);
    }

    [Fact]
    public void Messages_and_tools_are_given_in_one_form_only()
    {
        var both = Request("x");
        both.MessagesJson = """[{"role": "user"}]""";
        var tools = Request("x");
        tools.ToolsJson = "[]";
        tools.Tools.Add(new OpenAI.V1.Tool { Function = new OpenAI.V1.FunctionDefinition { Name = "f" } });

        Assert.Equal("messages_json", Assert.Throws<AtroposException>(() => ChatRenderer.RenderTemplateOnly(_templates, both)).Field);
        Assert.Equal("tools_json", Assert.Throws<AtroposException>(() => ChatRenderer.RenderTemplateOnly(_templates, tools)).Field);
    }

    [Fact]
    public void Templates_are_compiled_once_and_kept_in_bounded_number()
    {
        var first = _templates.Get("0");
        Assert.Same(first, _templates.Get("0"));
        for (var i = 1; i <= TemplateCache.MostTemplates; i++)
        {
            _templates.Get($"{i}");
        }

        Assert.Equal(TemplateCache.MostTemplates, _templates.Count);
        Assert.NotSame(first, _templates.Get("0"));
    }

    [Fact]
    public void Templates_are_kept_in_bounded_size()
    {
        const int Length = TemplateCache.MostCharacters / 4;
        foreach (var letter in "abcd")
        {
            _templates.Get(new string(letter, Length));
        }

        Assert.Equal(4, _templates.Count);
        _templates.Get("e");
        Assert.Equal(4, _templates.Count);
    }

    private static RenderChatRequest Request(string template)
    {
        var request = Render(Message("user", "Hi"));
        (request.TemplateOnly, request.ChatTemplate) = (true, template);
        return request;
    }
}
