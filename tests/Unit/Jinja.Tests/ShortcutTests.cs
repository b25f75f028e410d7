using System.Globalization;

namespace Atropos.Jinja.Tests;

/// <summary>What is evaluated in a shorter way than Python's gives the same.</summary>
public sealed class ShortcutTests
{
    [Theory]
    [InlineData("{% set d = {'a': 1, 'b': 2}|items %}{% for k, v in d %}{{ k }}{% break %}{% endfor %}{{ d|list }}", "a[('b', 2)]")]
    [InlineData("{% for k, v in {'a': 1, 'b': 2}|items %}{{ k }}{{ v }}{{ loop.length }}{% endfor %}", "a12b22")]
    [InlineData("{{ 'a' + 'b' + 'c' }}{% set x = 'a' + 'b' + 'c' %}{{ x }}", "abcabc")]
    [InlineData("{% set x = 'a' + 'b' + ('<c>'|safe) + '<' %}{{ x }}", "ab<c>&lt;")]
    [InlineData("{% set t = 'ab' %}{{ t is undefined }}{{ t is not string }}{{ u is not defined }}{{ u is none }}", "FalseFalseTrueFalse")]
    [InlineData("{{ 'a' in {'a': 1} }}{{ 'b' not in {'a': 1} }}{{ 'b' in ['a', 'b'] }}{{ ('b'|safe) in ['a', 'b'] }}", "TrueTrueTrueTrue")]
    [InlineData("{{ 'a-b'.split('-') }}{{ 'ab'.split('-') }}{{ 'a-b'.split('-', 0) }}{{ -7 % 3 }}{{ 7 % -3 }}{{ 7 % 3 }}", "['a', 'b']['ab']['a-b']2-21")]
    [InlineData("{% set t = 'ab' %}{{ t|length > 0 }}{{ ''|count > 0 }}{{ [1]|length > 0 }}{{ {}|length > 0 }}{{ ('a'|safe)|trim|length > 0 }}", "TrueFalseTrueFalseTrue")]
    public void Shortcuts_give_what_the_long_way_gives(string source, string expected) =>
        Assert.Equal(expected, Template.Parse(source).Render(new Dictionary<string, object?>()));

    [Fact]
    public void Numbers_in_loops_stay_exact_beyond_those_that_are_shared()
    {
        var last = 2000.ToString(CultureInfo.InvariantCulture);

        Assert.Equal(last, Rendering.Render("{% for i in range(2001) %}{% if loop.last %}{{ loop.index0 % 5000 }}{% endif %}{% endfor %}"));
    }
}
