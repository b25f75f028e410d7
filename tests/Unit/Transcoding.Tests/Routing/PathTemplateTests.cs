using Atropos.Transcoding.Routing;

namespace Atropos.Transcoding.Tests.Routing;

public sealed class PathTemplateTests
{
    [Theory]
    [InlineData("/v1/{name=shelves/*/books/**}:move", "v1 shelves * books **", "name:1..-1", "move")]
    [InlineData("/v1/{a}/x/{b.c}", "v1 * x *", "a:1..2 b.c:3..4", "")]
    [InlineData("/{name=a/b}", "a b", "name:0..2", "")]
    [InlineData("/", "", "", "")]
    [InlineData("/a:b", "a", "", "b")]
    public void Parse_takes_templates_apart(string text, string segments, string variables, string verb)
    {
        var template = PathTemplate.Parse(text);

        Assert.Equal(segments, string.Join(' ', template.Segments.Select(s => s.Literal ?? (s.Rest ? "**" : "*"))));
        Assert.Equal(variables, string.Join(' ', template.Variables.Select(v => $"{v.Field}:{v.Start}..{v.End}")));
        Assert.Equal(verb, template.Verb);
    }

    [Theory]
    [InlineData("")]
    [InlineData("v1")]
    [InlineData("/v1/")]
    [InlineData("/v1//a")]
    [InlineData("/{a")]
    [InlineData("/{}")]
    [InlineData("/{a={b}}")]
    [InlineData("/{a}/{a}")]
    [InlineData("/{a=**}/b")]
    [InlineData("/**/b")]
    [InlineData("/a*")]
    [InlineData("/a}")]
    [InlineData("/a:")]
    [InlineData("/a:b/c")]
    [InlineData("/{a=}")]
    public void Parse_refuses_what_the_grammar_does_not_have(string text)
    {
        var error = Assert.Throws<FormatException>(() => PathTemplate.Parse(text));

        Assert.StartsWith($"the path template '{text}' is wrong: ", error.Message, StringComparison.Ordinal);
    }
}
