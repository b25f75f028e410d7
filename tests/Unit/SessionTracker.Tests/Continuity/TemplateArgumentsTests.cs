using Atropos.Sessions.V1;
using Atropos.SessionTracker.Continuity;
using Atropos.TokenTree.Matching;
using OpenAI.V1;

namespace Atropos.SessionTracker.Tests.Continuity;

public sealed class TemplateArgumentsTests
{
    [Fact]
    public void Of_a_request_without_any_is_nothing()
    {
        Assert.Equal(TemplateArguments.None, TemplateArguments.Of(new ChatCompletionRequest(), session: null));
        Assert.Equal(
            TemplateArguments.None, TemplateArguments.Of(new ChatCompletionRequest { ChatTemplateKwargs = " {} ", Documents = "[ ]" }, new Session()));
    }

    [Fact]
    public void Of_a_request_keeps_the_text_of_every_value()
    {
        var arguments = TemplateArguments.Of(
            new ChatCompletionRequest { ChatTemplateKwargs = """{"b": 1.0, "a": {"z": 12345678901234567890, "y": "\u00e4"}}""" }, session: null);

        Assert.Equal("""{"b":1.0,"a":{"z": 12345678901234567890, "y": "\u00e4"}}""", arguments.Values);
    }

    [Fact]
    public void Of_a_request_wins_over_the_session_value_by_value()
    {
        var session = new Session { ChatTemplate = "s", ChatTemplateKwargs = """{"a": 1, "b": 2, "reasoning_effort": "low"}""" };

        var arguments = TemplateArguments.Of(
            new ChatCompletionRequest { ChatTemplateKwargs = """{"b": null, "c": 3}""", ReasoningEffort = "high" }, session);

        Assert.Equal("""{"a":1,"b":null,"reasoning_effort":"high","c":3}""", arguments.Values);
        Assert.Equal("s", arguments.ChatTemplate);
    }

    [Fact]
    public void Reasoning_effort_gives_way_to_the_value_of_that_name()
    {
        var arguments = TemplateArguments.Of(
            new ChatCompletionRequest { ChatTemplateKwargs = """{"reasoning_effort": "none"}""", ReasoningEffort = "high" }, session: null);

        Assert.Equal("""{"reasoning_effort":"none"}""", arguments.Values);
    }

    [Theory]
    [InlineData(null, "s")]
    [InlineData("r", "r")]
    [InlineData("", null)]
    public void A_request_s_own_template_wins_and_an_empty_one_is_the_model_s(string? ofRequest, string? expected)
    {
        var request = new ChatCompletionRequest();
        if (ofRequest is not null)
        {
            request.ChatTemplate = ofRequest;
        }

        Assert.Equal(expected, TemplateArguments.Of(request, new Session { ChatTemplate = "s" }).ChatTemplate);
    }

    [Theory]
    [InlineData("""{"a": 1, "b": true}""", """{ "b":true,"a":1 }""", true)]
    [InlineData("""{"a": "\u00e4"}""", """{"a": "ä"}""", true)]
    [InlineData("""{"a": 1.0}""", """{"a": 1e0}""", true)]
    [InlineData("""{"a": [1.50, {"x": 1}]}""", """{"a": [ 1.5, {"x":1} ]}""", true)]
    [InlineData("""{"a": 1, "a": 2}""", """{"a": 2}""", true)]
    [InlineData("""{"a": {"x": 1, "y": 1, "x": 2}}""", """{"a": {"x": 2, "y": 1}}""", true)]
    [InlineData("""{"a": 1.0}""", """{"a": 1}""", false)]
    [InlineData("""{"a": {"x": 1, "y": 2}}""", """{"a": {"y": 2, "x": 1}}""", false)]
    [InlineData("""{"a": {"x": 1.0}}""", """{"a": {"x": 1}}""", false)]
    [InlineData("""{"a": 9007199254740992}""", """{"a": 9007199254740993}""", false)]
    [InlineData("""{"a": 1e999}""", """{"a": -1e999}""", false)]
    [InlineData("""{"a": "1"}""", """{"a": 1}""", false)]
    [InlineData("""{"a": [1]}""", """{"a": {"exact": "[1]"}}""", false)]
    [InlineData("""{"a": null}""", "{}", false)]
    public void Keys_are_equal_where_a_template_sees_the_same(string left, string right, bool equal)
    {
        Assert.Equal(equal, Canonical(left) == Canonical(right));
    }

    [Fact]
    public void Documents_are_part_of_the_key_in_their_order()
    {
        Assert.NotEqual(Key("""[{"a": 1}, {"a": 2}]"""), Key("""[{"a": 2}, {"a": 1}]"""));
        Assert.Equal(Key("""[{"a": 1}]"""), Key("""[ {"a":1} ]"""));

        static string? Key(string documents) => TemplateArguments.Of(new ChatCompletionRequest { Documents = documents }, session: null).Key;
    }

    private static string Canonical(string values)
    {
        var key = TemplateArguments.Of(new ChatCompletionRequest { ChatTemplateKwargs = values }, session: null).Key;
        Assert.True(CanonicalJson.TryCanonicalize(key ?? "{}", out var canonical));
        return canonical;
    }
}
