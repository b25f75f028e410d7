namespace Atropos.Jinja.Tests;

public sealed class BindingTests
{
    [Theory]
    [InlineData("{% for a in b %}{% endfor %}", "for a in b")]
    [InlineData("{% for a in b['c'][1:] | list if a %}{% endfor %}", "for a in b.c")]
    [InlineData("{% for a, d in b.c %}{% endfor %}", "for ? in b.c")]
    [InlineData("{% set a = b is defined %}{% set n = namespace() %}{% set n.a = b | list %}", "set a in b; set ? in b")]
    [InlineData("{% set a = b is not defined %}{% set c = b + d %}{% set e = b[0] %}{% set f = b.c.d %}{% set g %}{{ b }}{% endset %}", "")]
    [InlineData("{% for a in b recursive %}{% set c = a %}{% else %}{% set d = a.e %}{% endfor %}", "for a in b; set c in a; set d in a.e")]
    [InlineData("{% macro f(x) %}{% for y in x %}{% endfor %}{% endmacro %}{% if 1 %}{% set z = f %}{% endif %}", "for y in x; set z in f")]
    public void Bindings_are_what_is_given_a_name_in_the_order_of_the_source(string source, string expected) => Assert.Equal(
        expected,
        string.Join("; ", Template.Parse(source).Bindings.Select(binding =>
            $"{(binding.IsLoop ? "for" : "set")} {binding.Target ?? "?"} in {binding.Variable}{(binding.Member is null ? "" : "." + binding.Member)}")));
}
