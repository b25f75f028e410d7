using Atropos.Hosting.Errors;
using Atropos.TokenizerService.Registry;
using Grpc.Core;
using OpenAI.V1;
using static Atropos.TokenizerService.Tests.TokenizerFixture;

namespace Atropos.TokenizerService.Tests.Templates;

public sealed class TemplateChoiceTests
{
    [Fact]
    public void A_model_without_template_says_how_to_give_one()
    {
        var error = Assert.Throws<AtroposException>(() => SmallTokenizer.Calls.RenderChat(Render(Message("user", "Hi"))));

        Assert.Equal((StatusCode.FailedPrecondition, "chat_template"), (error.StatusCode, error.Field));
        Assert.Contains("'small'", error.Message, StringComparison.Ordinal);
        Assert.Contains("chat_template.jinja", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_without_template_has_ChatML_by_its_name()
    {
        var request = Render(Message("user", "Hi"));
        request.ChatTemplate = "chatml";

        Assert.Equal("<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n", SmallTokenizer.Calls.RenderChat(request).Text);
    }

    [Fact]
    public void A_word_that_names_no_template_is_not_rendered()
    {
        var request = Render(Message("user", "Hi"));
        request.ChatTemplate = "tool-use";

        var error = Assert.Throws<AtroposException>(() => Calls.RenderChat(request));

        Assert.Equal((StatusCode.InvalidArgument, "chat_template"), (error.StatusCode, error.Field));
        Assert.Contains("default, chatml", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tools_choose_the_template_for_tools()
    {
        using var folders = new TokenizerFolders();
        var folder = folders.Write("named");
        File.WriteAllText(
            Path.Combine(folder, "tokenizer_config.json"),
            """
            {"eos_token": "</s>", "extra_special_tokens": {"image_token": "IMG"},
             "chat_template": [{"name": "default", "template": "D{{ image_token }}"}, {"name": "tool_use", "template": "T{{ eos_token }}"}]}
            """);
        var loaded = LoadedTokenizer.Load(new TokenizerSource("named", folder), folder);
        var calls = new TestCalls(loaded);
        var request = Render(Message("user", "Hi"));

        Assert.Equal("DIMG", calls.RenderChat(request).Text);
        request.Tools.Add(new Tool { Type = "function", Function = new FunctionDefinition { Name = "f" } });
        Assert.Equal("T</s>", calls.RenderChat(request).Text);
        request.ChatTemplate = "default";
        Assert.Equal("DIMG", calls.RenderChat(request).Text);
    }

    [Fact]
    public void An_argument_with_the_name_of_a_member_is_refused_by_field()
    {
        var request = Render(Message("user", "Hi"));
        request.ChatTemplateKwargs = """{"tools": []}""";

        var error = Assert.Throws<AtroposException>(() => Calls.RenderChat(request));

        Assert.Equal((StatusCode.InvalidArgument, "chat_template_kwargs.tools"), (error.StatusCode, error.Field));
    }

    [Fact]
    public void A_part_that_the_template_cannot_take_is_refused_by_field()
    {
        var parts = new ContentParts();
        parts.Parts.Add(new ContentPart { Type = "image_url", ImageUrl = new ImageUrl { Url = "u" } });
        var request = Render(new ChatMessage { Role = "user", Content = new MessageContent { Parts = parts } });
        request.ChatTemplate = "chatml";

        var error = Assert.Throws<AtroposException>(() => SmallTokenizer.Calls.RenderChat(request));

        Assert.Equal((StatusCode.InvalidArgument, "messages[0].content[0].type"), (error.StatusCode, error.Field));
    }
}
