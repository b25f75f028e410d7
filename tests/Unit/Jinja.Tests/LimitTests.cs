namespace Atropos.Jinja.Tests;

/// <summary>Each limit ends what it is for, and says so.</summary>
public sealed class LimitTests
{
    private static readonly TemplateLimits SmallMemory = new() { MaxMemory = 1 << 20 };

    [Theory]
    [InlineData("{% set n = namespace(l=[]) %}{% for a in range(1000) %}{% set n.l = n.l + ['x' * 60000] %}{% endfor %}")]
    [InlineData("{% set n = namespace(l=[]) %}{% for a in range(9999) %}{% set n.l = [n.l] %}{% endfor %}{% for a in range(99999) %}{% set n.l = [n.l] %}{% endfor %}")]
    [InlineData("{% for a in range(99999) %}{% set x = namespace(b=a) %}{% endfor %}")]
    [InlineData("{{ ('x,' * 100000).split(',')|length }}")]
    [InlineData("{{ ('x ' * 100000).split()|length }}")]
    [InlineData("{{ ('x,' * 100000).rsplit(',')|length }}")]
    [InlineData("{{ ('x\n' * 100000).splitlines()|length }}")]
    [InlineData("{{ ('x' * 100000)|list|length }}")]
    [InlineData("{{ ('x' * 100000)|wordwrap(1)|length }}")]
    [InlineData("{{ ('x ' * 50000)|title|length }}")]
    [InlineData("{{ ('é' * 9999 ~ '_')|wordwrap(1)|length }}")]
    [InlineData("{{ ('x ' * 999)|wordwrap(1, wrapstring='x' * 9999)|length }}")]
    [InlineData("{{ ('www.a.com ' * 99)|urlize(rel='x' * 9999)|length }}")]
    [InlineData("{{ ('a' ~ '(' * 9999 ~ ')' * 9999)|urlize|length }}")]
    [InlineData("{{ ('x' * 999).translate({120: 'y' * 9999})|length }}")]
    [InlineData("{{ (range(9999)|list)|pprint|length }}")]
    [InlineData("{% set n = namespace(l=1) %}{% for a in range(60) %}{% set n.l = [n.l, n.l] %}{% endfor %}{{ n.l|pprint|length }}")]
    [InlineData("{% for a in range(99999)|select %}{% if loop.length %}{% endif %}{% endfor %}")]
    [InlineData("{{ [0]|batch(99999, 1)|list|length }}{{ [0]|batch(99999, 1)|list|length }}")]
    [InlineData("{{ '{:0999999,}'.format(1)|length }}")]
    [InlineData("{{ (range(9)|list * 9999)|batch(2)|list|length }}")]
    [InlineData("{% for a in range(99) %}{% set b = ('x' * 50000)|upper %}{% endfor %}")]
    [InlineData("{% for a in range(99) %}{% set b = ('x' * 50000 ~ a)[1:] %}{% endfor %}")]
    [InlineData("{% for a in range(99) %}{% set b %}{{ 'x' * 50000 }}{% endset %}{% endfor %}")]
    [InlineData("{% macro m() %}{{ 'x' * 50000 }}{% endmacro %}{% for a in range(99) %}{% set b = m() %}{% endfor %}")]
    [InlineData("{% set l = range(9999)|list %}{% for a in range(99) %}{% set b = l[1:] %}{% endfor %}")]
    [InlineData("{% set l = range(9999)|list %}{% for a in range(99) %}{% set b = l|sort %}{% endfor %}")]
    [InlineData("{% set l = ['x' * 50000] * 99 %}{{ l|map('upper')|list|length }}")]
    [InlineData("{% set l = ['x' * 50000] * 99 %}{{ l|join|length }}")]
    [InlineData("{% set l = ['x' * 50000] * 99 %}{{ l|tojson|length }}")]
    [InlineData("{% set l = ['x' * 50000] * 99 %}{{ l|string|length }}")]
    [InlineData("{{ ('{0}' * 99).format('x' * 50000)|length }}")]
    [InlineData("{{ ('\t' * 50000).expandtabs(1000)|length }}")]
    [InlineData("{{ ('x\n' * 9999)|indent(1000)|length }}")]
    [InlineData("{{ ('&' * 500000)|e|length }}")]
    [InlineData("{{ {'a': 'x' * 500000, 'b': 'x' * 500000}|xmlattr|length }}")]
    [InlineData("{% for a in range(999) %}{% set b = 3 ** 20000 %}{% endfor %}")]
    [InlineData("{% set p = range(99)|map('string')|batch(2)|list %}{% for a in range(9999) %}{% set b = {'a': a, 'b': a, 'c': a} %}{% endfor %}")]
    public void Render_that_allocates_too_much_ends_at_MaxMemory(string source)
    {
        var template = Template.Parse(source);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var exception = Assert.Throws<TemplateLimitException>(() => template.Render(new Dictionary<string, object?>(), SmallMemory));

        Assert.Equal(nameof(TemplateLimits.MaxMemory), exception.Limit);
        Assert.Contains("raise MaxMemory", exception.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 32 << 20);
    }

    [Theory]
    [InlineData("{% set s = 'x' * 60000 %}{% set t = s ~ '' %}{% for a in range(9999) %}{% set c = s == t %}{% endfor %}")]
    [InlineData("{% set s = 'x' * 60000 %}{% set t = s ~ '' %}{% for a in range(9999) %}{% set c = s <= t %}{% endfor %}")]
    [InlineData("{% set s = 'x' * 60000 %}{% for a in range(9999) %}{% set c = 'y' in s %}{% endfor %}")]
    [InlineData("{% set s = 'x' * 60000 %}{% for a in range(9999) %}{% set c = s.count('y') %}{% endfor %}")]
    [InlineData("{% set s = 'x' * 60000 %}{% for a in range(9999) %}{% set c = s is lower %}{% endfor %}")]
    [InlineData("{% set s = 'x' * 60000 %}{% for a in range(9999) %}{% set c = {s: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 6, 7: 7, 8: 8, 9: 9, 10: 10} %}{% endfor %}")]
    [InlineData("{% set b = 3 ** 20000 %}{% for a in range(9999) %}{% set c = b * b %}{% endfor %}")]
    [InlineData("{% set b = 3 ** 20000 %}{% for a in range(9999) %}{% set c = b|string %}{% endfor %}")]
    [InlineData("{% set n = namespace(l=[1]) %}{% for i in range(60) %}{% set n.l = [n.l, n.l] %}{% endfor %}{% set a = n.l %}{% set n.l = [1] %}{% for i in range(60) %}{% set n.l = [n.l, n.l] %}{% endfor %}{{ a == n.l }}")]
    [InlineData("{% set n = namespace(l=(1,)) %}{% for i in range(60) %}{% set n.l = (n.l, n.l) %}{% endfor %}{% set d = dict([(n.l, 1), (2, 2), (3, 2), (4, 2), (5, 2), (6, 2), (7, 2), (8, 2), (9, 2), (10, 2)]) %}")]
    [InlineData("{% for a in range(9999) %}{{ 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 }}{% endfor %}")]
    [InlineData("{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(150) }}")]
    public void Render_whose_steps_are_long_ends_at_MaxSteps(string source)
    {
        var exception = Assert.Throws<TemplateLimitException>(
            () => Rendering.Render(source, limits: new TemplateLimits { MaxSteps = 200_000, MaxTime = Timeout.InfiniteTimeSpan }));

        Assert.Equal(nameof(TemplateLimits.MaxSteps), exception.Limit);
        Assert.NotEqual("", exception.Reason);
    }

    [Fact]
    public void Render_counts_its_own_steps_after_another_on_the_same_thread_has_failed()
    {
        const string Source = "{{ go }}{% set s = 'x' * 60000 %}{% set t = s ~ '' %}{% for a in range(9999) %}{% set c = s == t %}{% endfor %}";
        var variables = new RenderingDictionary(Template.Parse("{{ raise_exception('no') }}"));

        var exception = Assert.Throws<TemplateLimitException>(
            () => Template.Parse(Source).Render(variables, new TemplateLimits { MaxSteps = 200_000, MaxTime = Timeout.InfiniteTimeSpan }));

        Assert.Equal(nameof(TemplateLimits.MaxSteps), exception.Limit);
    }

    [Fact]
    public void Render_that_takes_too_long_ends_at_MaxTime()
    {
        var clock = new SteppingTime(TimeSpan.FromSeconds(1));
        var template = Template.Parse("{% for a in range(99999) %}{% endfor %}", new TemplateOptions { TimeProvider = clock });

        var exception = Assert.Throws<TemplateLimitException>(
            () => template.Render(new Dictionary<string, object?>(), new TemplateLimits { MaxTime = TimeSpan.FromSeconds(10) }));

        Assert.Equal(nameof(TemplateLimits.MaxTime), exception.Limit);
        Assert.Contains("00:00:10", exception.Message, StringComparison.Ordinal);
        Assert.InRange(clock.Readings, 10, 13);
    }

    [Fact]
    public void Render_without_MaxTime_never_reads_the_clock()
    {
        var clock = new SteppingTime(TimeSpan.FromSeconds(1));
        var template = Template.Parse("{% for a in range(9999) %}{% endfor %}x", new TemplateOptions { TimeProvider = clock });

        var text = template.Render(new Dictionary<string, object?>(), new TemplateLimits { MaxTime = Timeout.InfiniteTimeSpan });

        Assert.Equal("x", text);
        Assert.Equal(0, clock.Readings);
    }

    [Fact]
    public void Render_looks_at_the_clock_while_it_searches_for_a_long_part()
    {
        const string Source = "{% set s = 'x' * 200000 %}{{ ('x' * 50000 ~ 'yx') in s }}";
        var clock = new SteppingTime(TimeSpan.FromSeconds(1));

        Assert.Throws<TemplateLimitException>(() => Template.Parse(Source, new TemplateOptions { TimeProvider = clock })
            .Render(new Dictionary<string, object?>(), new TemplateLimits { MaxTime = TimeSpan.FromSeconds(10) }));
    }

    [Theory]
    [InlineData("{{ n.g|list }}")]
    [InlineData("{% for a in n.g %}{% endfor %}")]
    [InlineData("{% for a in n.g if a %}{% endfor %}")]
    public void Render_of_generators_over_generators_does_not_overflow_the_stack(string use)
    {
        const string Nested = "{% set n = namespace(g=[1]) %}{% for a in range(99999) %}{% set n.g = n.g|map('upper') %}{% endfor %}";

        var exception = Assert.Throws<TemplateLimitException>(() => Rendering.Render(Nested + use));

        Assert.Equal(nameof(TemplateLimits.MaxRecursionDepth), exception.Limit);
    }

    [Fact]
    public void Render_of_a_large_conversation_stays_within_the_defaults()
    {
        const string Source = """
            {%- for tool in tools %}{{ tool|tojson(indent=4) }}{% endfor -%}
            {%- for m in messages -%}
            {%- if m.role == 'user' and m.content is string and '</think>' not in m.content -%}
            {{- '<|' ~ m.role ~ '|>' + m.content|trim + '\n' -}}
            {%- else -%}{{- m.content.split('</think>')[-1].strip() -}}{%- endif -%}
            {%- endfor -%}
            """;
        var content = new string('x', 100_000);
        var message = new Dictionary<string, object?> { ["role"] = "user", ["content"] = content + " " };
        var parameters = Enumerable.Range(0, 20).ToDictionary(i => $"parameter_{i}", object? (i) => new Dictionary<string, object?> { ["type"] = "string" });
        var variables = new Dictionary<string, object?>
        {
            ["tools"] = Enumerable.Repeat(new Dictionary<string, object?> { ["name"] = "tool", ["parameters"] = parameters }, 300),
            ["messages"] = Enumerable.Repeat(message, 200),
        };

        var text = Template.Parse(Source).Render(variables);

        Assert.True(text.Length > 200 * content.Length);
    }
}
