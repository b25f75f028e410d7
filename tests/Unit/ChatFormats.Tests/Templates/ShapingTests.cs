using Atropos.ChatFormats.Templates;
using static Atropos.ChatFormats.Tests.Templates.Conversation;

namespace Atropos.ChatFormats.Tests.Templates;

public sealed class ShapingTests
{
    private const string Call = """{"id": "1", "type": "function", "function": {"name": "f", "arguments": {}}}""";

    [Theory]
    [InlineData("\"Hi\"", "\"Hi\"")]
    [InlineData("""[{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]""", "\"a\\nb\"")]
    [InlineData("""["a", {"type": "input_text", "text": "b"}, {"type": "output_text", "text": "c"}]""", "\"a\\nb\\nc\"")]
    [InlineData("""[{"type": "refusal", "refusal": "No."}, {"type": "thinking", "thinking": "Hm."}]""", "\"No.\\nHm.\"")]
    [InlineData("""[{"type": "text", "text": null}, {"type": "refusal"}, {"type": "text", "text": ""}]""", "\"\"")]
    [InlineData("[]", "\"\"")]
    [InlineData("null", "\"\"")]
    public void A_template_of_strings_gets_one_string(string content, string expected) =>
        Assert.Equal($$"""{"role": "user", "content": {{expected}}}""", Render(Echo, $$"""{"role": "user", "content": {{content}}}"""));

    [Theory]
    [InlineData("\"Hi\"", """[{"type": "text", "text": "Hi"}]""")]
    [InlineData("\"\"", """[{"type": "text", "text": ""}]""")]
    [InlineData("null", "[]")]
    [InlineData("""["a", {"type": "refusal", "refusal": "No."}]""", """[{"type": "text", "text": "a"}, {"type": "text", "text": "No."}]""")]
    [InlineData("""[{"type": "image_url", "image_url": {"url": "u"}}, {"type": "input_audio", "input_audio": {"data": ""}}]""", """[{"type": "image"}, {"type": "audio"}]""")]
    [InlineData("""[{"type": "video_url", "video_url": {"url": "u"}}, {"image_url": "u"}]""", """[{"type": "video"}, {"type": "image"}]""")]
    [InlineData("""[{"type": "text", "text": "a", "cache_control": {}}]""", """[{"type": "text", "text": "a"}]""")]
    public void A_template_of_parts_gets_parts(string content, string expected)
    {
        const string source =
            "{% for m in messages %}{% for c in m.content %}{{ c.text }}{% endfor %}|[{{ m.content | map('tojson') | join(', ') }}]{% endfor %}";
        var rendered = Render(source, $$"""{"role": "user", "content": {{content}}}""");

        Assert.Equal(expected, rendered[(rendered.IndexOf('|', StringComparison.Ordinal) + 1)..]);
    }

    [Fact]
    public void A_tools_result_is_a_string_also_to_a_template_of_parts()
    {
        const string source = "{% for m in messages %}{% for c in m.content %}{{ c.text }}{% endfor %}{{ m.content is string }}{% endfor %}";

        Assert.Equal("True", Render(source, """{"role": "tool", "content": [{"type": "text", "text": "a"}]}"""));
        Assert.Equal("aFalse", Render(source, """{"role": "user", "content": "a"}"""));
    }

    [Fact]
    public void A_role_whose_parts_the_template_cannot_print_has_a_string()
    {
        const string source =
            "{% for m in messages %}{% if m.role == 'system' %}<{{ m.content | trim }}>{% else %}{% for c in m.content %}{{ c.text }}{% endfor %}{% endif %}{% endfor %}";
        var template = ChatTemplate.Parse(source);

        Assert.Equal("<Be brief.>Hi", template.Render(Input("""[{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hi"}]""")));
        Assert.Equal(["system", "tool"], template.Traits.StringRoles.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_part_that_is_no_text_is_refused_by_a_template_of_text_with_its_place()
    {
        var template = ChatTemplate.Parse("{% for m in messages %}{{ m.content }}{% endfor %}");

        var error = Assert.Throws<MessageContentException>(() => template.Render(Input(
            """[{"role": "user", "content": "a"}, {"role": "user", "content": [{"type": "text", "text": "b"}, {"type": "image_url", "image_url": {"url": "u"}}]}]""")));

        Assert.Equal("messages[1].content[1].type", error.Field);
        Assert.Contains("'image'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"content\": null, ")]
    [InlineData("\"content\": \"\", ")]
    [InlineData("")]
    public void A_call_without_words_has_an_empty_string_beside_it(string content) =>
        Assert.Contains(
            "\"content\": \"\"", Render(Echo, $$"""{"role": "assistant", {{content}}"tool_calls": [{{Call}}]}"""), StringComparison.Ordinal);

    [Theory]
    [InlineData("\"content\": null, ")]
    [InlineData("\"content\": \"\", ")]
    [InlineData("")]
    [InlineData("\"content\": [{\"type\": \"text\", \"text\": \"\"}], ")]
    public void A_template_that_prints_calls_only_beside_None_gets_None(string content)
    {
        const string source =
            "{% for m in messages %}{% if m.content is none %}{% for c in m.tool_calls %}<{{ c.function.arguments | tojson }}>{% endfor %}{% else %}{{ m.content }}{% endif %}{% endfor %}";

        Assert.Equal("<{}>", Render(source, $$"""{"role": "assistant", {{content}}"tool_calls": [{{Call}}]}"""));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    public void No_calls_are_no_member(string calls) => Assert.Equal(
        """{"role": "assistant", "content": "Hi"}""", Render(Echo, $$"""{"role": "assistant", "content": "Hi", "tool_calls": {{calls}}}"""));

    [Theory]
    [InlineData("reasoning")]
    [InlineData("reasoning_content")]
    public void Thoughts_are_known_by_both_names(string name)
    {
        const string source = "{% for m in messages %}{{ m.reasoning ~ m.reasoning_content }}{% endfor %}";

        Assert.Equal("Hm.Hm.", Render(source, $$"""{"role": "assistant", "content": "Hi", "{{name}}": "Hm."}"""));
    }

    [Fact]
    public void Members_that_are_not_known_reach_the_template() => Assert.Equal(
        """{"role": "user", "content": "Hi", "weight": 1}""", Render(Echo, """{"role": "user", "content": "Hi", "weight": 1}"""));
}
