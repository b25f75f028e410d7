namespace Atropos.Jinja.Tests;

public sealed class StatementTests
{
    [Theory]
    [InlineData("{% for x in [1, 2] %}{{ loop.index }}{{ loop.last }} {% else %}none{% endfor %}", "1False 2True ")]
    [InlineData("{% for x in [] %}x{% else %}none{% endfor %}", "none")]
    [InlineData("{% for x in range(9) if x is odd %}{{ loop.index0 }}:{{ x }} {% endfor %}", "0:1 1:3 2:5 3:7 ")]
    [InlineData("{% for k, v in {'a': 1, 'b': 2}.items() %}{{ k }}{{ v }}{% endfor %}", "a1b2")]
    [InlineData("{% for x in range(9) %}{% if x == 2 %}{% continue %}{% elif x == 4 %}{% break %}{% endif %}{{ x }}{% endfor %}", "013")]
    [InlineData("{% set n = namespace(f=true) %}{% for x in [1, 2, 3] if n.f %}{{ x }}{% set n.f = x < 2 %}{% endfor %}", "12")]
    [InlineData("{% for x in [1, 'a']|map('abs') %}{{ x }}{% break %}{% endfor %}", "1")]
    [InlineData("{% for x in 'ab' %}{{ loop.previtem }}<{{ x }}>{{ loop.nextitem }} {% endfor %}", "<a>b a<b> ")]
    [InlineData("{% for x in [[1, [2]], 3] recursive %}{{ loop(x) if x is not number else x }}@{{ loop.depth }} {% endfor %}", "1@2 2@3 @2 @1 3@1 ")]
    [InlineData("{% for x in 'abc' %}{{ loop.cycle('x', 'y') }}{{ loop.changed(x == 'c') }} {% endfor %}", "xTrue yFalse xTrue ")]
    public void For_has_all_of_Jinjas_loop(string source, string expected) => Assert.Equal(expected, Rendering.Render(source));

    [Theory]
    [InlineData("{% set x = 0 %}{% for i in [1, 2] %}{% set x = x + i %}{{ x }} {% endfor %}{{ x }}", "1 2 0")]
    [InlineData("{% set ns = namespace(x=0) %}{% for i in [1, 2] %}{% set ns.x = ns.x + i %}{% endfor %}{{ ns.x }}", "3")]
    [InlineData("{% if true %}{% set x = 5 %}{% endif %}{{ x }}", "5")]
    [InlineData("{% if false %}{% set v = 5 %}{% endif %}{{ v }}", "given")]
    [InlineData("{% with v = 1, w = v %}{{ v }}{{ w }}{% endwith %}{{ v }}", "1givengiven")]
    [InlineData("{% set q = 1 %}{% macro m() %}{{ q }}{% endmacro %}{% set q = 2 %}{{ m() }}", "2")]
    [InlineData("{% generation %}{% set v = 1 %}{{ v }}{% endgeneration %}{{ v }}", "1given")]
    public void Set_reaches_as_far_as_in_Jinja(string source, string expected) =>
        Assert.Equal(expected, Rendering.Render(source, """{"v": "given"}"""));

    [Theory]
    [InlineData("{% set x %}a{{ 1 }}{% endset %}[{{ x }}]", "[a1]")]
    [InlineData("{% set x | upper | replace('A', 'z') %}abc{% endset %}{{ x }}", "zBC")]
    [InlineData("{% filter upper %}a{{ 'b' }}{% endfilter %}", "AB")]
    [InlineData("{% raw %}{{ x }}{% endraw %}", "{{ x }}")]
    [InlineData("{% set a, (b, c) = 1, [2, 3] %}{{ a }}{{ b }}{{ c }}", "123")]
    [InlineData("{% block b %}in{% endblock b %}", "in")]
    [InlineData("{% autoescape true %}{{ '<' }}{{ '<'|safe }}{% endautoescape %}{{ '<' }}", "&lt;<<")]
    public void Blocks_capture_and_filter_text(string source, string expected) => Assert.Equal(expected, Rendering.Render(source));

    [Theory]
    [InlineData("{% macro m(a, b='d') %}({{ a }},{{ b }}){% endmacro %}{{ m(1) }}{{ m(b=2) }}", "(1,d)(,2)")]
    [InlineData("{% macro m() %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, x=2) }}", "(1,){'x': 2}")]
    [InlineData("{% macro m(x) %}<{{ caller(x) }}>{% endmacro %}{% call(y) m(3) %}y={{ y }}{% endcall %}", "<y=3>")]
    [InlineData("{% macro f(n) %}{{ n if n < 2 else n ~ f(n - 1) }}{% endmacro %}{{ f(4) }}", "4321")]
    [InlineData("{% macro m(a) %}{% endmacro %}{{ m.name }} {{ m.arguments }}", "m ('a',)")]
    public void Macros_take_arguments_as_Python_functions_do(string source, string expected) =>
        Assert.Equal(expected, Rendering.Render(source));

    [Theory]
    [InlineData("a\n  {% if true %}\n  b\n  {% endif %}\nc\n", "a\n  b\nc")]
    [InlineData("a {%- if true -%} \n b {%- endif %} c", "ab c")]
    [InlineData("a\n  {{ 1 }}\nb", "a\n  1\nb")]
    [InlineData("a\n  {# note #}\nb", "a\nb")]
    [InlineData("a\n  {%+ if true +%}\nb{% endif %}", "a\n  \nb")]
    [InlineData("a\r\nb\r\n", "a\nb")]
    public void White_space_is_trimmed_as_transformers_sets_it(string source, string expected) =>
        Assert.Equal(expected, Rendering.Render(source));

    [Fact]
    public void Parse_without_trimming_keeps_white_space()
    {
        var options = new TemplateOptions { TrimBlocks = false, LstripBlocks = false, KeepTrailingNewline = true };

        Assert.Equal("  \nx\n", Template.Parse("  {% set a = 1 %}\nx\n", options).Render(new Dictionary<string, object?>()));
    }

    [Theory]
    [InlineData("a\n{% if %}", 2, "Expected an expression, got 'end of statement block'")]
    [InlineData("{% for x in y %}\n\n", 1, "Unexpected end of template. Jinja was looking for the following tags: 'endfor' or 'else'. The innermost block that needs to be closed is 'for'.")]
    [InlineData("\n\n{{ a|nothing }}", 3, "No filter named 'nothing'.")]
    [InlineData("{{ a is nothing }}", 1, "No test named 'nothing'.")]
    [InlineData("{% nothing %}", 1, "Encountered unknown tag 'nothing'.")]
    [InlineData("{{ (1 }}", 1, "unexpected '}', expected ')'")]
    [InlineData("{% break %}", 1, "'break' outside loop")]
    [InlineData("{{ f(a=1, 2) }}", 1, "invalid syntax for function call expression")]
    public void Parse_of_wrong_source_names_the_line_and_the_reason(string source, int line, string reason)
    {
        var exception = Assert.Throws<TemplateSyntaxException>(() => Template.Parse(source));

        Assert.Equal(reason, exception.Reason);
        Assert.InRange(exception.Line, line, line + 1);
    }

    [Fact]
    public void Render_of_an_unknown_filter_on_a_path_not_taken_succeeds()
    {
        Assert.Equal("", Rendering.Render("{% if false %}{{ a|nothing }}{% endif %}"));
        Assert.Equal("No filter named 'nothing' found.", Rendering.Fails("{% if true %}{{ a|nothing }}{% endif %}").Reason);
    }
}
