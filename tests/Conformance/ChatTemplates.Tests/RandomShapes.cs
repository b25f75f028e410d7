using System.Text;
using System.Text.Json;
using Atropos.Jinja;

namespace Atropos.ChatTemplates.Tests;

/// <summary>Random conversations: what people, tools and models say, of any length and in any order that agents make.</summary>
internal sealed class RandomShapes(Random random, IReadOnlyList<string> specialTokens)
{
    private static readonly string[] Words =
    [
        "hello", "The", " weather", "Paris", "42", " 3.14", "\n", "\n\n", "  ", "\t", "don't", "é", "日本語", "🙂", "👩‍💻", "{\"a\": [1, 2.0]}", "```python\nx = 1\n```", "<b>bold</b>", "&amp;",
        "{{ x }}", "{% if %}", "'quoted'", "\"quoted\"", "\\n", "\\", "/think", "|", "[INST", "<|", "|>", "</", " ", ".", ",", ":", "user", "assistant", "tool_call", "None", "True", " ", "​",
    ];

    private int _number;

    /// <summary>A conversation of some turns.</summary>
    public Shape Next()
    {
        _number = 0;
        var withTools = random.Next(2) == 0;
        bool? thinking = random.Next(3) switch { 0 => true, 1 => false, _ => null };
        var turns = new List<Turn>();
        var given = new List<JinjaDict>();
        if (random.Next(3) == 0)
        {
            given.Add(Message("system", Text()));
        }

        given.Add(Message("user", Text()));
        for (var left = random.Next(1, 6); left > 0; left--)
        {
            var calls = withTools && random.Next(2) == 0 ? random.Next(1, 4) : 0;
            turns.Add(new Turn(given, Answer(calls, thinking == true && random.Next(4) > 0)));
            given = [.. Enumerable.Range(0, calls).Select(ToolResult)];
            if (calls == 0)
            {
                given.Add(Message("user", Text()));
            }
        }

        turns.Add(new Turn(given, null));
        return Shapes.With(new Shape("random", turns), thinking, withTools);
    }

    private Answer Answer(int calls, bool thinks)
    {
        _number++;
        var word = $"Word{_number}z";
        var message = new Dictionary<string, object?> { ["role"] = "assistant" };
        if (thinks)
        {
            message["reasoning_content"] = Text() + $"Thought{_number}z.";
        }

        message["content"] = calls == 0 ? Text() + word : random.Next(3) == 0 ? Text() + "." : null;
        if (calls > 0)
        {
            message["tool_calls"] = Enumerable.Range(0, calls).Select(index => new
            {
                id = Id(index),
                type = "function",
                function = new
                {
                    name = index % 2 == 0 ? "get_weather" : "get_time",
                    arguments = JsonSerializer.Serialize(new { city = Text() + (index == calls - 1 ? word : "") }),
                },
            }).ToArray();
        }

        return new Answer(Shape.Json<JinjaDict>(JsonSerializer.Serialize(message)), word);
    }

    private JinjaDict ToolResult(int index) => Shape.Json<JinjaDict>(JsonSerializer.Serialize(new
    {
        role = "tool",
        tool_call_id = Id(index),
        name = index % 2 == 0 ? "get_weather" : "get_time",
        content = Text(),
    }));

    private string Id(int index) => $"callid{_number:00}{(char)('a' + index)}";

    private static JinjaDict Message(string role, string content) =>
        Shape.Json<JinjaDict>(JsonSerializer.Serialize(new { role, content }));

    private string Text()
    {
        var text = new StringBuilder();
        for (var left = random.Next(0, 9); left > 0; left--)
        {
            text.Append(random.Next(40) == 0 && specialTokens.Count > 0 ? specialTokens[random.Next(specialTokens.Count)] : Words[random.Next(Words.Length)]);
        }

        return text.ToString();
    }
}
