namespace Atropos.Jinja.Tests;

public sealed class JsonTextTests
{
    [Theory]
    [InlineData("\"", "\\\"")]
    [InlineData("\\", "\\\\")]
    [InlineData("\n\t\r\f\b", "\\n\\t\\r\\f\\b")]
    [InlineData("\u0001\u001f", "\\u0001\\u001f")]
    [InlineData("é\u007f😀", "é\u007f😀")]
    public void Tojson_escapes_at_every_place_of_texts_of_every_length(string part, string escaped)
    {
        for (var length = 0; length < 70; length++)
        {
            for (var place = 0; place <= length; place++)
            {
                var (before, after) = (new string('x', place), new string('y', length - place));

                Assert.Equal($"\"{before}{escaped}{after}\"", Json(before + part + after, "tojson"));
            }
        }
    }

    [Fact]
    public void Tojson_of_ASCII_escapes_whatever_is_none()
    {
        for (var length = 0; length < 40; length++)
        {
            var around = new string('~', length);

            Assert.Equal($"\"{around}\\u007f\\u00e9\\ud83d\\ude00{around}\"", Json(around + "\u007fé😀" + around, "tojson(ensure_ascii=true)"));
        }
    }

    [Fact]
    public void Tojson_of_nothing_but_escapes_has_room_for_them()
    {
        const int Length = 5000;
        var expected = string.Concat(Enumerable.Repeat("\\u0000", Length));

        Assert.Equal($"\"{expected}\"", Json(new string('\0', Length), "tojson"));
    }

    [Fact]
    public void Tojson_starts_anew_after_another()
    {
        const string Source = "{{ [1, 'abc']|tojson }}{{ {'a': 'b'}|tojson }}{{ 'c'|tojson }}";

        Assert.Equal("""[1, "abc"]{"a": "b"}"c" """.TrimEnd(), Template.Parse(Source).Render(new Dictionary<string, object?>()));
    }

    private static string Json(string text, string filter) =>
        Template.Parse($"{{{{ t|{filter} }}}}").Render(new Dictionary<string, object?> { ["t"] = text });
}
