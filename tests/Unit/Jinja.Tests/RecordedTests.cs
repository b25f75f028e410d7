namespace Atropos.Jinja.Tests;

/// <summary>What Python's Jinja2 3.1.6 made of templates on which ours once differed; random templates found them.</summary>
public sealed class RecordedTests
{
    [Theory]
    [InlineData("{% for y in [1, 2] %}{% break %}{% else %}else{% endfor %}", "else")]
    [InlineData("{% for y in [1, 2] %}{% continue %}{% else %}else{% endfor %}", "else")]
    [InlineData("{% for a in [1, 2] %}{{ a }}{% for b in [] %}{% else %}{% break %}{% endfor %}{% endfor %}", "1")]
    [InlineData("{% if c %}{% set x = 1 %}{% else %}{% set x = 2 %}{% endif %}{{ x }}", "2")]
    [InlineData("{% print 1, 'a' %}", "1a")]
    [InlineData("{% with a, b = (1, 2) %}{{ a }}{{ b }}{% endwith %}", "12")]
    [InlineData("{% set ns = namespace(x=1) %}{% set ns.x, y = (3, 4) %}{{ ns.x }}{{ y }}", "34")]
    [InlineData("{% for x in recursive %}{% endfor %}", "")]
    [InlineData("{{ namespace(_a=1)._a }}{{ namespace(__class__=1).__class__ }}{{ namespace(_a=1)['_a'] }}{{ {'_a': 2}._a }}", "2")]
    public void Scopes_loops_and_statements_render_as_in_the_original(string source, string expected) => Assert.Equal(expected, Render(source));

    [Theory]
    [InlineData("{{ 'ﬁ ŉ ǰ ΐ ᾳ'.upper() }}", "FI ʼN J\u030c Ι\u0308\u0301 ΑΙ")]
    [InlineData("{{ 'ﬁne ǆ ა ß'.title() }}", "Fine ǅ ა Ss")]
    [InlineData("{{ 'ǆa'.capitalize() }}", "ǅa")]
    [InlineData("{{ 'ΑΣ Σ ΑΣ. Σα'.lower() }}", "ας σ ας. σα")]
    [InlineData("{{ 'ẞ ꭰ Ꭰ ﬁ'.casefold() }}", "ss Ꭰ Ꭰ fi")]
    [InlineData("{{ 'aBç ⅷ ǅ'.swapcase() }}", "AbÇ Ⅷ ǅ")]
    [InlineData("{{ 'ⓐª'.islower() }} {{ 'Ⅷ'.isupper() }} {{ 'ǅ'.istitle() }}", "True True True")]
    [InlineData("{{ '①'.isdigit() }} {{ '三'.isnumeric() }} {{ '½'.isalnum() }}", "True True True")]
    [InlineData("{{ 'ﷺ'.isidentifier() }} {{ 'ำ'.isidentifier() }} {{ 'aำ'.isidentifier() }} {{ '℘፩'.isidentifier() }}", "False False True True")]
    [InlineData("{{ 'abc'.translate({97: 'x', 98: none, 99: 100}) }}", "xd")]
    [InlineData("{{ 'a½ b_c'|wordcount }}", "2")]
    [InlineData("{{ 'a-b (c) {d} <e> f'|title }}", "A-B (C) {D} <E> F")]
    [InlineData("{{ ['é'] | map('string') | map('capitalize') | list }}", "['É']")]
    public void Text_methods_give_what_Pythons_do(string source, string expected) => Assert.Equal(expected, Render(source));

    [Theory]
    [InlineData("{{ '%.2f' % 0.125 }} {{ '%.0f' % 2.5 }} {{ '%.3g' % 1234.5 }} {{ '%#.3g' % 1 }}", "0.12 2 1.23e+03 1.00")]
    [InlineData("{{ '%a' % 'é😀' }} {{ '%.3d' % 7 }} {{ '%ld' % 5 }}", "'\\xe9\\U0001f600' 007 5")]
    [InlineData("{{ '%.*f' % (-1, 3) }} {{ '%*d' % (-3, 1) }}.", "3 1  .")]
    [InlineData("{{ '{:08,}'.format(1234) }} {{ '{:_x}'.format(65535) }} {{ '{:<05}'.format(3) }}", "0,001,234 ffff 30000")]
    [InlineData("{{ '{:05}'.format('a') }} {{ '{:5}'.format(true) }} {{ '{:.3}'.format(1234.5) }} {{ '{:.1%}'.format(0.125) }}", "a0000     1 1.23e+03 12.5%")]
    [InlineData("{{ '{:{}}'.format('a', 3) }} {{ '{0.k}{0[k]}'.format({'k': 1}) }} {{ '{!a}'.format('é') }}", "a   11 '\\xe9'")]
    [InlineData("{{ '{:#.0f} {:#.0e} {:+}'.format(2.5, 1, 0.5) }}", "2. 1.e+00 +0.5")]
    [InlineData("{{ 2.675|round(2) }} {{ 1250|round(-2) }} {{ 2.5|round(none) }} {{ 7|round(1, 'floor') }} {{ 1.25|round(1) }}", "2.67 1200 2 7.0 1.2")]
    public void Formats_give_what_Pythons_do(string source, string expected) => Assert.Equal(expected, Render(source));

    [Theory]
    [InlineData("{{ -1.0 // 0.3 }} {{ 0.0 * -1 // 8 }} {{ -0.0 % 3 }}", "-4.0 -0.0 0.0")]
    [InlineData("{{ 12345678901234567890 / 7 }} {{ 9007199254740993 == 9007199254740992.0 }}", "1.763668414462081e+18 False")]
    [InlineData("{{ true.real }} {{ 3.conjugate() if false else 5 }} {{ (0.75).as_integer_ratio() }} {{ (6).bit_count() }}", "1 5 (3, 4) 2")]
    [InlineData("{{ '٣'|int }} {{ '1_0'|int }} {{ '1__0'|int }} {{ 'inf'|int(7) }} {{ '0x1f'|int(0, 16) }} {{ '010'|int(5, 0) }}", "3 10 0 7 31 10")]
    [InlineData("{{ '5\\x1c'|int(1) }} {{ '5\\x85'|int }} {{ '\\x1f5'|float(2) }} {{ '5\\u2003'|float }}", "1 5 2 5.0")]
    [InlineData("{{ '1\\0'|int }} {{ ' 1e3 '|float }} {{ '.5'|float }} {{ '1_.0'|float(2) }}", "0 1000.0 0.5 2")]
    [InlineData("{{ 1e22|filesizeformat }} {{ 999999|filesizeformat }} {{ -5|filesizeformat }}", "10.0 ZB 1000.0 kB -5 Bytes")]
    [InlineData("{{ range(9)[1:7:2] }}", "range(1, 7, 2)")]
    public void Numbers_are_Pythons(string source, string expected) => Assert.Equal(expected, Render(source));

    [Theory]
    [InlineData("{{ [1, 2, 3]|batch(0)|list }} {{ [1, 2, 3]|batch(-1)|list }} {{ [1]|batch(3, 'x')|list }}", "[[], [1, 2, 3]] [[1, 2, 3]] [[1, 'x', 'x']]")]
    [InlineData("{{ [1, 2, 3]|slice(-1)|list }} {{ [1, 2, 3]|slice(2, 'x')|list }}", "[] [[1, 2], [3, 'x']]")]
    [InlineData("{{ [none, none]|sort }} {{ [{'b': 1}]|sort(attribute='a') }}", "[None, None] [{'b': 1}]")]
    [InlineData("{{ [{'a': 1}, {'a': 1}]|groupby('a')|map(attribute='grouper')|list }}", "[1]")]
    [InlineData("{{ ([{'a': 1}]|groupby('a'))[0].list }}", "[{'a': 1}]")]
    [InlineData("{{ []|map|list }} {{ []|selectattr|list }} {{ none|map('nothing')|list }}", "[] [] []")]
    [InlineData("{{ 'b'|max }} {{ 'ab'|min }} {{ [x, y]|unique|list }}", "b a [Undefined]")]
    [InlineData("{{ {'b': 1, 'a': [2]}|pprint }}", "{'a': [2], 'b': 1}")]
    [InlineData("{{ ['the quick brown fox jumps over the lazy dog', 'the quick brown fox jumps over the lazy dog']|pprint }}", "['the quick brown fox jumps over the lazy dog',\n 'the quick brown fox jumps over the lazy dog']")]
    [InlineData("{{ 'the quick brown fox jumps over the lazy dog and over the fence and over the brook'|pprint }}", "('the quick brown fox jumps over the lazy dog and over the fence and over the '\n 'brook')")]
    [InlineData("{{ 'semi-long-hyphenated-word and more'|wordwrap(8) }}", "semi-\nlong-hyp\nhenated-\nword and\nmore")]
    [InlineData("{{ 'abcdefghij kl'|wordwrap(4, false) }} {{ 'a--b c'|wordwrap(3) }}", "abcdefghij\nkl a--\nb c")]
    [InlineData("{{ 'see (https://example.com/a_(b)), www.example.org. or me@example.com'|urlize(12, true) }}", "see (<a href=\"https://example.com/a_(b)\" rel=\"nofollow noopener\">https://exam...</a>), <a href=\"https://www.example.org\" rel=\"nofollow noopener\">www.example....</a>. or <a href=\"mailto:me@example.com\">me@example.com</a>")]
    [InlineData("{{ '5%2'|tojson(indent=[]) }} {{ (1, 2)|reverse|list }} {{ ([1]|map('abs')|reverse) }}", "\"5%2\" [2, 1] [1]")]
    [InlineData("{{ [1, 2]|truncate(5) }} {{ 'hello world'|truncate(8, false, '', 0) }}", "[1, 2] hello")]
    [InlineData("{{ strftime_now('%-5d|%5Y|%_m|%^a|%Od|%#Z|%Q') }}", "   26|02024| 7|FRI|26||%Q")]
    public void Filters_give_what_the_originals_do(string source, string expected) => Assert.Equal(expected, Render(source));

    [Theory]
    [InlineData("{{ [1]|indent }}")]
    [InlineData("{{ x|indent }}")]
    [InlineData("{{ 5|wordwrap }}")]
    [InlineData("{{ 'a'|wordwrap(0) }}")]
    [InlineData("{{ ''|filesizeformat }}")]
    [InlineData("{{ []|attr(0) }}")]
    [InlineData("{{ [1]|sort(reverse='x') }}")]
    [InlineData("{{ [1, 2]|slice(0)|list }}")]
    [InlineData("{{ {}|test('x') if [] is test else 1 }}")]
    [InlineData("{{ ['a']|sum(start='') }}")]
    [InlineData("{{ dict(x) }}")]
    [InlineData("{{ cycler(1, a=2) }}")]
    [InlineData("{{ {(1, []): 2} }}")]
    [InlineData("{{ [] in {}.keys() }}")]
    [InlineData("{{ ''.startswith(['']) }}")]
    [InlineData("{{ 'a'.splitlines('x') }}")]
    [InlineData("{{ 'a'.center(3, none) }}")]
    [InlineData("{{ '{0}{}'.format(1) }}")]
    [InlineData("{{ '{:.2}'.format(3) }}")]
    [InlineData("{{ '%c' % 'ab' }}")]
    [InlineData("{% filter length %}a{% endfilter %}")]
    [InlineData("{% call dict() %}{% endcall %}")]
    [InlineData("{% macro m(a, a) %}{% endmacro %}")]
    [InlineData("{{ dict(a=1, a=2) }}")]
    [InlineData("{% for x in [1] %}{% generation %}{% break %}{% endgeneration %}{% endfor %}")]
    public void Failures_are_where_the_originals_are(string source) => Assert.ThrowsAny<TemplateException>(() => Rendering.Render(source));

    [Theory]
    [InlineData("{{ 1 2 }}", "expected token 'end of print statement', got 'integer'")]
    [InlineData("{{ a 'b' }}", "expected token 'end of print statement', got 'string'")]
    [InlineData("{{ (1 }}", "unexpected '}', expected ')'")]
    [InlineData("{% if x %}", "Unexpected end of template. Jinja was looking for the following tags: 'elif' or 'else' or 'endif'. The innermost block that needs to be closed is 'if'.")]
    [InlineData("{% for x in y %}{% else %}", "Unexpected end of template. Jinja was looking for the following tags: 'endfor'. The innermost block that needs to be closed is 'for'.")]
    [InlineData("{% nothing %}", "Encountered unknown tag 'nothing'.")]
    [InlineData("{% if x %}{% endfor %}", "Encountered unknown tag 'endfor'. Jinja was looking for the following tags: 'elif' or 'else' or 'endif'. The innermost block that needs to be closed is 'if'.")]
    [InlineData("{% if x %}{% nothing %}{% endif %}", "Encountered unknown tag 'nothing'. Jinja was looking for the following tags: 'elif' or 'else' or 'endif'. The innermost block that needs to be closed is 'if'.")]
    [InlineData("{% set [a] = 1 %}", "can't assign to 'list'")]
    [InlineData("{% set %}", "Expected an expression, got 'end of statement block'")]
    [InlineData("{% for loop in x %}{% endfor %}", "Can't assign to special loop variable in for-loop target")]
    [InlineData("{% macro m(a=1, b) %}{% endmacro %}", "non-default argument follows default argument")]
    [InlineData("{% macro m(a,) %}{% endmacro %}", "expected token 'name', got ')'")]
    [InlineData("{% break %}", "'break' outside loop")]
    [InlineData("{% -}", "tag name expected")]
    [InlineData("{% x )", "Encountered unknown tag 'x'.")]
    [InlineData("{{ ² }}", "Invalid character in identifier")]
    [InlineData("{{ '\\x1' }}", "truncated \\xXX escape")]
    [InlineData("{{ 😀$ }}", "unexpected char '😀' at 3")]
    [InlineData("{% block a %}{% endblock %}{% block a %}{% endblock %}", "block 'a' defined twice")]
    public void Syntax_errors_have_the_originals_words(string source, string expected) =>
        Assert.Equal(expected, Assert.Throws<TemplateSyntaxException>(() => Template.Parse(source)).Reason);

    private static string Render(string source)
    {
        var options = new TemplateOptions { TimeProvider = new FixedTime(new DateTimeOffset(2024, 7, 26, 14, 5, 9, TimeSpan.Zero)) };
        return Template.Parse(source, options).Render(new Dictionary<string, object?>());
    }
}
