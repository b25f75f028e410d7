using Atropos.ChatFormats.Templates;
using Atropos.Jinja;

namespace Atropos.ChatFormats.Tests.Templates;

/// <summary>The example of docs/chat-templates.md.</summary>
public sealed class DocumentedExampleTests
{
    [Fact]
    public void The_documented_example_gives_what_it_says()
    {
        var template = ChatTemplate.Parse(
            "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}"
            + "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}");
        var message = (JinjaDict)JinjaValue.From(new Dictionary<string, object?> { ["role"] = "user", ["content"] = "Hello" })!;

        var prompt = template.Render(new TemplateInput { Messages = [message] });

        Assert.Equal("<|im_start|>user\nHello<|im_end|>\n<|im_start|>assistant\n", prompt);
    }
}
