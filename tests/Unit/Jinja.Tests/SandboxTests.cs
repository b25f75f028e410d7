namespace Atropos.Jinja.Tests;

/// <summary>Templates reach the values they are given and nothing behind them, and a hostile source is refused as it is parsed.</summary>
public sealed class SandboxTests
{
    [Theory]
    [InlineData("{{ v.GetType }}")]
    [InlineData("{{ v.Length }}")]
    [InlineData("{{ v.Count }}")]
    [InlineData("{{ v.Items }}")]
    [InlineData("{{ v['GetType'] }}")]
    [InlineData("{{ v|attr('ToString') }}")]
    [InlineData("{{ v|map(attribute='GetType')|first }}")]
    public void Render_finds_no_members_of_NET_objects(string source)
    {
        foreach (var value in (string[])["\"text\"", "[\"a\"]", "{\"a\": 1}", "1.5"])
        {
            if (source.Contains("map", StringComparison.Ordinal) && value == "1.5")
            {
                continue;
            }

            Assert.Equal("", Rendering.Render(source, $$"""{"v": {{value}}}"""));
        }
    }

    [Theory]
    [InlineData("{{ v.__class__.x }}")]
    [InlineData("{{ v.__class__.__mro__.x }}")]
    [InlineData("{{ v['__class__'] }}{{ v.__init__.__globals__ }}")]
    [InlineData("{{ range.__class__.x }}")]
    [InlineData("{{ namespace.__init__.x }}")]
    [InlineData("{{ (v|attr('__class__')).x }}")]
    [InlineData("{{ '{0.__class__.x}'.format(v) }}")]
    [InlineData("{{ self.__class__.x }}")]
    public void Render_keeps_special_names_closed(string source)
    {
        var exception = Rendering.Fails(source, """{"v": "text"}""");

        Assert.Equal("SecurityError", exception.ErrorType);
    }

    [Theory]
    [InlineData("{{ [1].append(2) }}")]
    [InlineData("{{ {'a': 1}.update({'b': 2}) }}")]
    [InlineData("{{ {'a': 1}.pop('a') }}")]
    public void Render_changes_no_value(string source) => Assert.Equal("SecurityError", Rendering.Fails(source).ErrorType);

    [Fact]
    public void Parse_of_a_source_that_is_too_long_names_the_option()
    {
        var exception = Assert.Throws<TemplateSyntaxException>(() => Template.Parse(new string('x', (256 << 10) + 1)));

        Assert.Contains(nameof(TemplateOptions.MaxSourceLength), exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_takes_a_longer_source_where_the_option_says_so()
    {
        var source = new string('x', (256 << 10) + 1);

        Assert.Equal(source, Template.Parse(source, new TemplateOptions { MaxSourceLength = source.Length }).Render(new Dictionary<string, object?>()));
    }

    [Fact]
    public void Parse_of_an_endless_number_fails() =>
        Assert.Throws<TemplateSyntaxException>(() => Template.Parse("{{ 0x" + new string('f', 100_000) + " }}"));

    [Theory]
    [InlineData("{{ 9**9**9**9**9**9 }}")]
    [InlineData("{{ 'x' * 10**12 }}")]
    [InlineData("{{ [0] * 10**12 }}")]
    public void Parse_computes_nothing(string source)
    {
        Template.Parse(source);

        Assert.Throws<TemplateLimitException>(() => Rendering.Render(source));
    }

    [Fact]
    public void Parse_of_a_long_chain_of_branches_with_names_of_their_own_ends()
    {
        var branches = string.Concat(Enumerable.Range(0, 2000).Select(i => $"{{% elif a{i} %}}{{% set b{i} = 1 %}}"));

        Assert.Equal("", Template.Parse("{% if a %}" + branches + "{% endif %}").Render(new Dictionary<string, object?>()));
    }
}
