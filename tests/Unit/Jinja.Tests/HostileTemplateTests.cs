namespace Atropos.Jinja.Tests;

public sealed class HostileTemplateTests
{
    private static readonly TemplateLimits Small = new() { MaxSteps = 200_000, MaxOutputLength = 100_000 };

    [Theory]
    [InlineData("{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}", nameof(TemplateLimits.MaxSteps))]
    [InlineData("{% for a in range(1000000000) %}{% endfor %}", nameof(TemplateLimits.MaxRangeSize))]
    [InlineData("{{ 'x' * 1000000000 }}", nameof(TemplateLimits.MaxOutputLength))]
    [InlineData("{{ 'x'.center(1000000000) }}", nameof(TemplateLimits.MaxOutputLength))]
    [InlineData("{{ '%1000000000d' % 1 }}", nameof(TemplateLimits.MaxOutputLength))]
    [InlineData("{{ '{:>1000000000}'.format(1) }}", nameof(TemplateLimits.MaxOutputLength))]
    [InlineData("{{ [0] * 1000000000 }}", nameof(TemplateLimits.MaxRangeSize))]
    [InlineData("{{ 9 ** 9 ** 9 ** 9 ** 9 ** 9 }}", nameof(TemplateLimits.MaxSteps))]
    [InlineData("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", nameof(TemplateLimits.MaxRecursionDepth))]
    [InlineData("{% set ns = namespace(s='x') %}{% for i in range(99) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}", nameof(TemplateLimits.MaxOutputLength))]
    [InlineData("{% for i in range(9999) %}{{ '0123456789' * 10 }}{% endfor %}", nameof(TemplateLimits.MaxOutputLength))]
    [InlineData("{% for i in range(999) %}{{ range(99999)|list|length }}{% endfor %}", nameof(TemplateLimits.MaxSteps))]
    [InlineData("{% set l = range(99999)|list %}{% for i in range(9999) %}{{ -1 in l }}{% endfor %}", nameof(TemplateLimits.MaxSteps))]
    [InlineData("{{ [1]|tojson(indent=1000000000) }}", nameof(TemplateLimits.MaxOutputLength))]
    public void Render_of_a_hostile_template_ends_at_a_limit(string source, string limit)
    {
        var exception = Assert.Throws<TemplateLimitException>(() => Rendering.Render(source, limits: Small));

        Assert.Equal(limit, exception.Limit);
        Assert.NotEqual("", exception.Reason);
    }

    [Theory]
    [InlineData("(")]
    [InlineData("[")]
    [InlineData("-")]
    [InlineData("not ")]
    [InlineData("a if ")]
    public void Parse_of_deep_nesting_fails_and_does_not_overflow(string opening) =>
        Assert.Throws<TemplateSyntaxException>(() => Template.Parse("{{ " + string.Concat(Enumerable.Repeat(opening, 100_000)) + "1 }}"));

    [Theory]
    [InlineData("{% if a %}")]
    [InlineData("{% for a in b %}")]
    public void Parse_of_deeply_nested_blocks_fails_and_does_not_overflow(string opening) =>
        Assert.Throws<TemplateSyntaxException>(() => Template.Parse(string.Concat(Enumerable.Repeat(opening, 10_000))));

    [Theory]
    [InlineData("|upper")]
    [InlineData(".a")]
    [InlineData("[0]")]
    public void Parse_of_an_endless_chain_fails_and_does_not_overflow(string link) =>
        Assert.Throws<TemplateSyntaxException>(() => Template.Parse("{{ a" + string.Concat(Enumerable.Repeat(link, 100_000)) + " }}"));

    [Fact]
    public void Render_of_a_value_nested_deeper_than_the_stack_ends_at_a_limit()
    {
        const string Source = "{% set ns = namespace(l=[]) %}{% for i in range(99999) %}{% set ns.l = [ns.l] %}{% endfor %}{{ ns.l }}";

        var exception = Assert.Throws<TemplateLimitException>(() => Rendering.Render(Source));

        Assert.Equal(nameof(TemplateLimits.MaxRecursionDepth), exception.Limit);
    }

    [Fact]
    public void Render_of_a_long_sum_is_no_deep_nesting() =>
        Assert.Equal("5001", Rendering.Render("{{ 1" + string.Concat(Enumerable.Repeat(" + 1", 5000)) + " }}"));

    [Fact]
    public void Render_ends_when_it_is_cancelled()
    {
        using var source = new CancellationTokenSource();
        var variables = new CancellingDictionary(source);

        Assert.Throws<OperationCanceledException>(() =>
            Template.Parse("{{ go }}{% for a in range(5000) %}{% endfor %}").Render(variables, null, source.Token));
    }

    [Fact]
    public void Render_on_many_threads_gives_each_its_own_text()
    {
        var template = Template.Parse("{% set ns = namespace(t='') %}{% for i in range(50) %}{% set ns.t = ns.t ~ n %}{% endfor %}{{ ns.t }}");

        Parallel.For(0, 200, i => Assert.Equal(
            string.Concat(Enumerable.Repeat(i.ToString(System.Globalization.CultureInfo.InvariantCulture), 50)),
            template.Render(new Dictionary<string, object?> { ["n"] = i })));
    }
}
