namespace Atropos.Jinja.Tests;

public sealed class ExpressionTests
{
    [Theory]
    [InlineData("{{ 7 // 2 }} {{ -7 // 2 }} {{ 7 % -3 }} {{ 7.5 // 2 }}", "3 -4 -2 3.0")]
    [InlineData("{{ 6 / 3 }} {{ 2 ** 8 }} {{ 2 ** -1 }} {{ 2 ** 3 ** 2 }}", "2.0 256 0.5 64")]
    [InlineData("{{ 9223372036854775807 + 1 }} {{ 2 ** 70 }}", "9223372036854775808 1180591620717411303424")]
    [InlineData("{{ 0.1 + 0.2 }} {{ 1e16 }} {{ 123456.0 }} {{ 1e-5 }}", "0.30000000000000004 1e+16 123456.0 1e-05")]
    [InlineData("{{ 1 + True }} {{ True == 1 }} {{ 1 == 1.0 }}", "2 True True")]
    public void Arithmetic_follows_Python(string source, string expected) => Assert.Equal(expected, Rendering.Render(source));

    [Theory]
    [InlineData("{{ 1 < 2 < 3 }} {{ 3 > 2 > 2 }}", "True False")]
    [InlineData("{{ 'b' in 'abc' }} {{ 2 not in [1, 2] }} {{ 'k' in {'k': 0} }}", "True False True")]
    [InlineData("{{ [1, 2] < [1, 3] }} {{ (1, 2) == (1, 2) }} {{ [1] == (1,) }}", "True True False")]
    [InlineData("{{ none == false }} {{ 'a' == 1 }} {{ nothing == none }}", "False False False")]
    public void Comparison_follows_Python(string source, string expected) => Assert.Equal(expected, Rendering.Render(source));

    [Theory]
    [InlineData("{{ 0 or 'x' }} {{ 1 and 2 }} {{ '' or none }} {{ not [] }}", "x 2 None True")]
    [InlineData("{{ 'a' if false else 'b' if true else 'c' }}", "b")]
    [InlineData("[{{ 'a' if false }}]", "[]")]
    [InlineData("{{ 'a' ~ 1 ~ none ~ 1.0 }}", "a1None1.0")]
    public void Logic_gives_operands_not_truth_values(string source, string expected) => Assert.Equal(expected, Rendering.Render(source));

    [Theory]
    [InlineData("{{ 'hello'[1:3] }} {{ 'hello'[::-1] }} {{ 'hello'[-3:] }} {{ 'hello'[10:] }}", "el olleh llo ")]
    [InlineData("{{ [1, 2, 3, 4][::2] }} {{ [1, 2, 3][-1] }} {{ (1, 2, 3)[:2] }}", "[1, 3] 3 (1, 2)")]
    [InlineData("{{ '😀ab'[1] }} {{ '😀ab'[::-1] }} {{ '😀ab'|length }}", "a ba😀 3")]
    public void Slices_count_code_points_and_take_negative_steps(string source, string expected) =>
        Assert.Equal(expected, Rendering.Render(source));

    [Theory]
    [InlineData("{{ ['a\\'b', \"c\", none, true, 1.0, {'k': (1,)}] }}", "[\"a'b\", 'c', None, True, 1.0, {'k': (1,)}]")]
    [InlineData("{{ ['\\n\\x00é\\u200b'] }}", "['\\n\\x00é\\u200b']")]
    [InlineData("{{ {'a': 1}.items() }}", "dict_items([('a', 1)])")]
    [InlineData("{{ range(3) }} {{ [] }} {{ {} }} {{ () }}", "range(0, 3) [] {} ()")]
    public void Printing_a_collection_gives_its_Python_repr(string source, string expected) => Assert.Equal(expected, Rendering.Render(source));

    [Theory]
    [InlineData("{{ '%05.1f|%x|%-4s|%d%%' % (3.14159, 255, 'a', 7) }}", "003.1|ff|a   |7%")]
    [InlineData("{{ '{0}-{k!r:>5}-{1:,}'.format('a', 1234567, k='b') }}", "a-  'b'-1,234,567")]
    [InlineData("{{ '{:>{w}}'.format('x', w=3) }}", "  x")]
    public void Formatting_follows_Python(string source, string expected) => Assert.Equal(expected, Rendering.Render(source));

    [Theory]
    [InlineData("{{ 'a' + 1 }}", "TypeError", "can only concatenate str (not \"int\") to str")]
    [InlineData("{{ none + 'a' }}", "TypeError", "unsupported operand type(s) for +: 'NoneType' and 'str'")]
    [InlineData("{{ 1 < 'a' }}", "TypeError", "'<' not supported between instances of 'int' and 'str'")]
    [InlineData("{{ 1 // 0 }}", "ZeroDivisionError", "integer division or modulo by zero")]
    [InlineData("{{ [] .append(1) }}", "SecurityError", "access to attribute 'append' of 'list' object is unsafe.")]
    [InlineData("{{ ''.__class__() }}", "SecurityError", "access to attribute '__class__' of 'str' object is unsafe.")]
    [InlineData("{{ 5() }}", "TypeError", "'int' object is not callable")]
    public void Errors_have_Pythons_type_and_words(string source, string type, string reason)
    {
        var exception = Rendering.Fails("\n" + source);

        Assert.Equal((type, reason, 2), (exception.ErrorType, exception.Reason, exception.Line));
    }

    [Fact]
    public void Undefined_is_empty_where_it_is_printed_and_an_error_where_it_is_used()
    {
        Assert.Equal("[] 0 False x", Rendering.Render("[{{ a }}] {{ a|length }} {{ a is defined }} {{ a|default('x') }}"));
        Assert.Equal("'a' is undefined", Rendering.Fails("{{ a.b }}").Reason);
        Assert.Equal("'dict object' has no attribute 'b'", Rendering.Fails("{{ d.b.c }}", """{"d": {}}""").Reason);
        Assert.Equal("list object has no element 3", Rendering.Fails("{{ l[3].c }}", """{"l": []}""").Reason);
    }
}
