using System.Text.Json;

namespace Atropos.Jinja.Tests;

public sealed class BuiltinTests
{
    [Theory]
    [InlineData("{{ d|tojson }}", "{\"b\": [1, 2.0, null, true], \"a\": \"é\\n\"}")]
    [InlineData("{{ d|tojson(ensure_ascii=true, separators=(',', ':'), sort_keys=true) }}", "{\"a\":\"\\u00e9\\n\",\"b\":[1,2.0,null,true]}")]
    [InlineData("{{ d.b|tojson(indent=1) }}", "[\n 1,\n 2.0,\n null,\n true\n]")]
    [InlineData("{{ [[], {}]|tojson(indent=2) }}", "[\n  [],\n  {}\n]")]
    [InlineData("{{ '<&>'|tojson }}", "\"<&>\"")]
    public void Tojson_is_Pythons_json_dumps(string source, string expected) =>
        Assert.Equal(expected, Rendering.Render(source, """{"d": {"b": [1, 2.0, null, true], "a": "é\n"}}"""));

    [Theory]
    [InlineData("{{ [3, 1, 2]|sort }} {{ ['b', 'A']|sort }} {{ ['b', 'A']|sort(case_sensitive=true) }}", "[1, 2, 3] ['A', 'b'] ['A', 'b']")]
    [InlineData("{{ [{'k': 2}, {'k': 1}]|map(attribute='k')|join(',') }}", "2,1")]
    [InlineData("{{ [{'k': 2}, {'k': 1}]|selectattr('k', 'gt', 1)|list }}", "[{'k': 2}]")]
    [InlineData("{{ [1, 2, 3]|reject('odd')|list }} {{ ['a', 'A', 'b']|unique|list }}", "[2] ['a', 'b']")]
    [InlineData("{{ [1, 2, 3]|batch(2)|list }} {{ [1, 2, 3]|slice(2)|list }}", "[[1, 2], [3]] [[1, 2], [3]]")]
    [InlineData("{{ [{'k': 'b'}, {'k': 'a'}]|groupby('k')|map('first')|list }}", "['a', 'b']")]
    [InlineData("{{ {'b': 1, 'a': 2}|dictsort }} {{ {'a': 1}|items|list }}", "[('a', 2), ('b', 1)] [('a', 1)]")]
    [InlineData("{{ [1, 2]|sum }} {{ [3, 1]|min }} {{ [3, 1]|max }} {{ [1, 2]|first }} {{ [1, 2]|last }}", "3 1 3 1 2")]
    [InlineData("{{ '3.7'|int }} {{ 'x'|int(9) }} {{ 'ff'|int(base=16) }} {{ '2'|float }} {{ 2.5|round }} {{ -3|abs }}", "3 9 255 2.0 2.0 3")]
    [InlineData("{{ 'a b'|title }} {{ ' a '|trim }}| {{ 'aXb'|lower }} {{ 'ab'|reverse }} {{ 'a\nb'|indent(2) }}", "A B a| axb ba a\n  b")]
    [InlineData("{{ '%s!'|format('a') }} {{ 'aa'|replace('a', 'b', 1) }} {{ 'hello world'|truncate(8, leeway=0) }}", "a! ba hello...")]
    public void Filters_give_what_Jinjas_do(string source, string expected) => Assert.Equal(expected, Rendering.Render(source));

    [Theory]
    [InlineData("{{ ' a b '.split() }} {{ 'a,b,c'.split(',', 1) }} {{ 'a,b,c'.rsplit(',', 1) }}", "['a', 'b'] ['a', 'b,c'] ['a,b', 'c']")]
    [InlineData("{{ 'xxaxx'.strip('x') }} {{ 'abc'.startswith(('x', 'a')) }} {{ 'abc'.find('c') }} {{ 'aXa'.count('a') }}", "a True 2 2")]
    [InlineData("{{ 'a-b'.partition('-') }} {{ '7'.zfill(3) }} {{ 'a'.center(4, '*') }} {{ 'ß'.upper() }}", "('a', '-', 'b') 007 *a** SS")]
    [InlineData("{{ {'a': 1}.get('b', 2) }} {{ {'a': 1}.keys()|list }} {{ [1, 2].index(2) }}", "2 ['a'] 1")]
    public void Methods_give_what_Pythons_do(string source, string expected) => Assert.Equal(expected, Rendering.Render(source));

    [Fact]
    public void A_method_hides_a_dict_item_of_its_name_in_attribute_access_alone() =>
        Assert.Equal("dict_items([('items', 1)]) 1", Rendering.Render("{{ d.items() }} {{ d['items'] }}", """{"d": {"items": 1}}"""));

    [Fact]
    public void Raise_exception_gives_the_templates_own_message()
    {
        var exception = Assert.Throws<TemplateRaisedException>(() => Rendering.Render("\n{{ raise_exception('Roles must alternate: ' ~ 1) }}"));

        Assert.Equal(("Roles must alternate: 1", 2), (exception.Message, exception.Line));
    }

    [Fact]
    public void Strftime_now_reads_the_clock_it_is_given()
    {
        var options = new TemplateOptions { TimeProvider = new FixedTime(new DateTimeOffset(2031, 3, 9, 7, 5, 0, TimeSpan.Zero)) };
        var template = Template.Parse("{{ strftime_now('%d %b %Y|%-d|%A|%H:%M|%j|%%') }}", options);

        Assert.Equal("09 Mar 2031|9|Sunday|07:05|068|%", template.Render(new Dictionary<string, object?>()));
    }

    [Fact]
    public void From_keeps_integers_floats_and_key_order_of_JSON()
    {
        using var json = JsonDocument.Parse("""{"z": 1, "a": 1.0, "m": 12345678901234567890, "e": 1e2}""");

        var value = JinjaValue.FromJson(json.RootElement);

        Assert.Equal("{'z': 1, 'a': 1.0, 'm': 12345678901234567890, 'e': 100.0}",
            Template.Parse("{{ v }}").Render(new Dictionary<string, object?> { ["v"] = value }));
    }

    [Fact]
    public void From_converts_plain_NET_collections_and_refuses_other_objects()
    {
        var message = new Dictionary<string, object?> { ["role"] = "user", ["parts"] = new object?[] { 1, 2.0f, null, true } };

        Assert.Equal("{'role': 'user', 'parts': [1, 2.0, None, True]}",
            Template.Parse("{{ m }}").Render(new Dictionary<string, object?> { ["m"] = message }));
        Assert.Throws<ArgumentException>(() => JinjaValue.From(new Uri("http://localhost")));
    }

    [Fact]
    public void OutsideNames_lists_what_the_caller_may_give() =>
        Assert.Equal(["messages", "tools"], Template.Parse("{% set a = 1 %}{% for m in messages %}{{ a }}{{ m }}{% if tools %}{% endif %}{% endfor %}").OutsideNames);
}
