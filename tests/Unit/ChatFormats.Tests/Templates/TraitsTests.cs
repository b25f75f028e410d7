using Atropos.ChatFormats.Templates;

namespace Atropos.ChatFormats.Tests.Templates;

public sealed class TraitsTests
{
    [Theory]
    [InlineData("{% for m in messages %}{{ m.content }}{% endfor %}", false)]
    [InlineData("{% for m in messages %}{% for c in m.content %}{{ c.text }}{% endfor %}{% endfor %}", true)]
    [InlineData("{% for m in messages[1:] | list %}{% for c in m['content'] | reverse %}{{ c.text }}{% endfor %}{% endfor %}", true)]
    [InlineData("{% set a = messages[1:] %}{% set b = a %}{% for m in b %}{% for c in m.content %}{{ c.text }}{% endfor %}{% endfor %}", true)]
    [InlineData("{% set a = b %}{% set b = a %}{% for m in b %}{% for c in m.content %}{{ c.text }}{% endfor %}{% endfor %}", false)]
    [InlineData("{% set a = messages %}{% set messages = a %}{% for m in a %}{% for c in m.content %}{{ c.text }}{% endfor %}{% endfor %}", true)]
    [InlineData("{% macro f(c) %}{% for p in c %}{{ p.text }}{% endfor %}{% endmacro %}{% for m in messages %}{{ f(m.content) }}{% endfor %}", false)]
    [InlineData("{% set n = namespace(m=1) %}{% set n.m = messages %}{% for m in messages %}{% for c in m.content %}{{ c.text }}{% endfor %}{% endfor %}", false)]
    [InlineData("{% for m in messages %}{% for c in m.content if c.text %}{{ c.text }}{% endfor %}{% endfor %}", true)]
    [InlineData("{% for m in messages %}{% for c in (m.content is string) %}{{ c.text }}{% endfor %}{% endfor %}", true)]
    [InlineData("{% for m in messages %}{% for c in m.content + [] %}{{ c.text }}{% endfor %}{% endfor %}", false)]
    [InlineData("{% for m in messages %}{% for c, d in m.content %}{{ c }}{% endfor %}{% endfor %}", false)]
    [InlineData("{% for m in messages %}{% set c = m.content %}{% for p in c %}{{ p.text }}{% endfor %}{% endfor %}", false)]
    public void Content_is_parts_where_the_template_loops_over_what_vllm_looks_for(string source, bool expected) =>
        Assert.Equal(expected, ChatTemplate.Parse(source).Traits.ContentAsParts);

    [Fact]
    public void Every_recorded_template_has_the_traits_that_are_known()
    {
        var traits = RecordedTemplates.Names.ToDictionary(
            name => name,
            name => RecordedTemplates.Load(name, new Dictionary<string, string> { ["bos_token"] = "<s>", ["eos_token"] = "</s>" }).Traits);

        Assert.Equal(RecordedTraits.TakeParts, Those(trait => trait.ContentAsParts));
        Assert.Equal(RecordedTraits.TakeTextArguments, Those(trait => !trait.ArgumentsAsObject));
        Assert.Equal(RecordedTraits.PrintCallsBesideNone, Those(trait => trait.ContentOfCalls == NoText.None));
        Assert.Equal(RecordedTraits.PrintCallIds, Those(trait => trait.PrintsCallIds));

        IEnumerable<string> Those(Predicate<TemplateTraits> hold) =>
            traits.Where(pair => hold(pair.Value)).Select(pair => pair.Key).Order(StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("{{ raise_exception('No.') }}")]
    [InlineData("{{ messages.x.y }}")]
    [InlineData("{{ 'a' * 100000000 }}")]
    [InlineData("{% for a in range(100000) %}{% for b in range(100000) %}{% for m in messages %}{% endfor %}{% endfor %}{% endfor %}")]
    [InlineData("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}")]
    public void A_template_that_only_fails_has_the_usual_traits(string source)
    {
        var traits = ChatTemplate.Parse(source).Traits;

        Assert.False(traits.ContentAsParts);
        Assert.True(traits.ArgumentsAsObject);
        Assert.False(traits.PrintsCallIds);
    }

    [Theory]
    [InlineData("{% for c in messages[1].tool_calls %}{{ c.function.arguments | tojson }}{% endfor %}", true, false)]
    [InlineData("{% for c in messages[1].tool_calls %}{{ c.id ~ c.function.arguments | tojson }}{% endfor %}", true, true)]
    [InlineData("{% for c in messages[1].tool_calls %}{{ c.function.arguments }}{% endfor %}", false, false)]
    [InlineData("{% for c in messages[1].tool_calls %}{{ 'a' + c.function.arguments }}{% endfor %}", false, false)]
    [InlineData("{% for c in messages[1].tool_calls %}{% for k, v in c.function.arguments.items() %}{{ k ~ v }}{% endfor %}{% endfor %}", true, false)]
    [InlineData("{% set a = messages[1].tool_calls[0].function.arguments %}{{ a if a is string else a | tojson }}", true, false)]
    public void Arguments_are_text_only_where_an_object_does_not_come_out_right(string source, bool asObject, bool printsIds)
    {
        var traits = ChatTemplate.Parse(source).Traits;

        Assert.Equal(asObject, traits.ArgumentsAsObject);
        Assert.Equal(printsIds, traits.PrintsCallIds);
    }
}
