using System.Text.Json;
using Atropos.ChatFormats.Templates;
using static Atropos.ChatFormats.Tests.Templates.Conversation;

namespace Atropos.ChatFormats.Tests.Templates;

public sealed class CallShapingTests
{
    private const string AsJson = "{% for m in messages %}{% for c in m.tool_calls %}{{ c.function.arguments | tojson }}{% endfor %}{% endfor %}";
    private const string AsText = "{% for m in messages %}{% for c in m.tool_calls %}{{ '' + c.function.arguments }}{% endfor %}{% endfor %}";
    private const string AsMembers =
        "{% for m in messages %}{% for c in m.tool_calls %}{% for k, v in c.function.arguments.items() %}{{ k ~ '=' ~ v ~ ';' }}{% endfor %}{% endfor %}{% endfor %}";

    [Theory]
    [InlineData("""{"b": 1.0, "a": [1, 2.50, 1e2], "c": null}""", """{"b": 1.0, "a": [1, 2.5, 100.0], "c": null}""")]
    [InlineData("""{"a": 1, "b": 2, "a": 3}""", """{"a": 3, "b": 2}""")]
    [InlineData(" {\n} ", "{}")]
    [InlineData("", "{}")]
    [InlineData("  ", "{}")]
    [InlineData("[1, 2]", "[1, 2]")]
    [InlineData("{\"a\": ", "\"{\\\"a\\\": \"")]
    [InlineData("""{"a": "\ud800"}""", "\"{\\\"a\\\": \\\"\\\\ud800\\\"}\"")]
    public void A_template_of_objects_gets_the_object_that_the_text_spells(string arguments, string expected) =>
        Assert.Equal(expected, Render(AsJson, Calling(arguments)));

    [Theory]
    [InlineData("""{"a": 1.0}""", "a=1.0;")]
    [InlineData("[1, 2]", "arguments=[1, 2];")]
    [InlineData("{\"a\": ", "arguments={\"a\": ;")]
    [InlineData("7", "arguments=7;")]
    [InlineData("null", "")]
    public void What_is_no_object_is_not_lost_where_the_template_needs_one(string arguments, string expected) =>
        Assert.Equal(expected, Render(AsMembers, Calling(arguments)));

    [Theory]
    [InlineData("""{"b": 1.0,  "a":2}""", """{"b": 1.0,  "a":2}""")]
    [InlineData("{\"a\": ", "{\"a\": ")]
    [InlineData("", "{}")]
    public void A_template_of_text_gets_the_text(string arguments, string expected) =>
        Assert.Equal(expected, Render(AsText, Calling(arguments)));

    [Fact]
    public void A_number_of_countless_digits_is_not_read_and_a_text_of_them_is()
    {
        var digits = new string('7', LongNumbers.MostDigits + 1);

        Assert.Equal($"arguments={{\"a\": {digits}}};", Render(AsMembers, Calling($"{{\"a\": {digits}}}")));
        Assert.Equal($"a={digits};", Render(AsMembers, Calling($"{{\"a\": \"{digits}\"}}")));
    }

    [Fact]
    public void A_template_of_text_gets_an_object_as_text() => Assert.Equal(
        """{"b": 1.0, "a": "é"}""",
        Render(AsText, """{"role": "assistant", "content": "", "tool_calls": [{"type": "function", "function": {"name": "f", "arguments": {"b": 1.0, "a": "é"}}}]}"""));

    [Fact]
    public void Arguments_that_are_missing_are_an_empty_object() => Assert.Equal(
        "{}", Render(AsJson, """{"role": "assistant", "content": "", "tool_calls": [{"type": "function", "function": {"name": "f"}}]}"""));

    private static string Calling(string arguments) =>
        """{"role": "assistant", "content": "", "tool_calls": [{"id": "1", "type": "function", "function": {"name": "f", "arguments": """
        + JsonSerializer.Serialize(arguments) + "}}]}";
}
