using Atropos.ChatFormats.Templates;
using static Atropos.ChatFormats.Tests.Templates.Conversation;

namespace Atropos.ChatFormats.Tests.Templates;

public sealed class FinalMessageTests
{
    private const string Kept = "{% for m in messages %}[{{ m.content }}]{% endfor %}{{ '!' if add_generation_prompt }}";
    private const string Trimmed = "{% for m in messages %}[{{ m.content | trim }}]{% endfor %}";
    private const string TrimmedWithSpace = "{% for m in messages %}[{{ m.content | trim }} ]{% endfor %}";
    private const string Parts = "{% for m in messages %}[{% for c in m.content %}{{ c.text }},{% endfor %}]{% endfor %}";
    private const string Thinking = "{% for m in messages %}[<think>{{ m.reasoning_content }}</think>{{ m.content }}]{% endfor %}";

    [Theory]
    [InlineData(Kept, "\"Well, \"", "[Hi][Well, ")]
    [InlineData(Kept, "\"\"", "[Hi][")]
    [InlineData(Kept, """[{"type": "text", "text": "One"}, {"type": "text", "text": "two "}]""", "[Hi][One\ntwo ")]
    [InlineData(Trimmed, "\"Well, \"", "[Hi][Well,")]
    [InlineData(Trimmed, "\"Well\"", "[Hi][Well")]
    [InlineData(TrimmedWithSpace, "\"Well, \"", "[Hi ][Well, ")]
    [InlineData(Trimmed, "\"Well\\u001f\"", "[Hi][Well")]
    [InlineData(Parts, """[{"type": "text", "text": "One"}, {"type": "text", "text": "two "}]""", "[Hi,][One,two ")]
    [InlineData(Parts, "\"One \"", "[Hi,][One ")]
    public void The_last_message_ends_the_prompt(string source, string content, string expected) =>
        Assert.Equal(expected, Continue(source, $$"""{"role": "assistant", "content": {{content}}}"""));

    [Fact]
    public void Thoughts_before_the_text_are_in_the_prompt() => Assert.Equal(
        "[<think></think>Hi][<think>Hm.</think>Well", Continue(Thinking, """{"role": "assistant", "content": "Well", "reasoning_content": "Hm."}"""));

    [Theory]
    [InlineData("reasoning_content")]
    [InlineData("reasoning")]
    public void Thoughts_are_continued_where_there_is_nothing_else(string name) => Assert.Equal(
        "[<think></think>Hi][<think>Hm, ", Continue(Thinking, $$"""{"role": "assistant", "content": null, "{{name}}": "Hm, "}"""));

    [Theory]
    [InlineData(Kept, """{"role": "assistant", "content": null}""")]
    [InlineData(Kept, """{"role": "assistant"}""")]
    [InlineData(Parts, """{"role": "assistant", "content": [{"type": "image_url", "image_url": {"url": "u"}}]}""")]
    [InlineData("{{ messages[0].content }}", """{"role": "assistant", "content": "Well"}""")]
    [InlineData("{{ messages[1].content | upper }}", """{"role": "assistant", "content": "Well"}""")]
    [InlineData("{{ messages | length }}", """{"role": "assistant", "content": "Well"}""")]
    [InlineData(Kept, """{"role": "assistant", "content": null, "reasoning": "Hm"}""")]
    public void A_message_that_cannot_be_left_open_is_refused(string source, string message) =>
        Assert.Throws<FinalMessageException>(() => Continue(source, message));

    private static string Continue(string source, string message) => ChatTemplate.Parse(source).Render(
        Input($$"""[{"role": "user", "content": "Hi"}, {{message}}]""") with { ContinueFinalMessage = true, AddGenerationPrompt = true });
}
