using Atropos.Jinja;

namespace Atropos.ChatTemplates.Tests;

/// <summary>The shapes of conversations that every template is tried with.</summary>
internal static class Shapes
{
    private const string Functions =
        """
        [{"type": "function", "function": {"name": "get_weather", "description": "Gets the weather.", "parameters": {"type": "object",
          "properties": {"city": {"type": "string", "description": "The city."}, "value": {"type": "string", "description": "Any."}}, "required": ["city"]}}},
         {"type": "function", "function": {"name": "get_time", "description": "Gets the time.", "parameters": {"type": "object",
          "properties": {"city": {"type": "string", "description": "The city."}, "value": {"type": "string", "description": "Any."}}, "required": []}}}]
        """;

    public static IEnumerable<Shape> All()
    {
        yield return new Shape("user", [Turn("user", Says(1)), Turn("user", Says(2)), Turn("user", Says(3)), Last("user")]);
        yield return new Shape("system", [new Turn([Message("system", 0), Message("user", 1)], Says(1)), Turn("user", Says(2)), Last("user")]);
        yield return new Shape("mid-system", [Turn("user", Says(1)), new Turn([Message("system", 7), Message("user", 8)], Says(2)), Last("user")]);
        yield return new Shape("two-users", [Turn("user", Says(1)), new Turn([Message("user", 7), Message("user", 8)], Says(2)), Last("user")]);
        foreach (var thinking in new bool?[] { null, true, false })
        {
            var suffix = thinking switch { null => "", true => "-thinking", false => "-no-thinking" };
            if (thinking is not null)
            {
                yield return With(new Shape("user" + suffix, [Turn("user", Says(1, thinking)), Turn("user", Says(2, thinking)), Last("user")]), thinking);
            }

            yield return With(new Shape("tool" + suffix, [Turn("user", Calls(1, thinking)), Result(1)]), thinking, tools: true);
            yield return With(
                new Shape("tool-then-user" + suffix, [Turn("user", Calls(1, thinking)), Result(1, Says(2, thinking)), Turn("user", Calls(3, thinking)), Result(3)]),
                thinking, tools: true);
            yield return With(
                new Shape("tools-in-a-row" + suffix, [Turn("user", Calls(1, thinking)), Result(1, Calls(2, thinking)), Result(2, Says(3, thinking)), Last("user")]),
                thinking, tools: true);
            yield return With(
                new Shape("parallel-tools" + suffix, [Turn("user", CallsTwice(1, thinking)), Results(1, Says(2, thinking)), Last("user")]), thinking, tools: true);
        }

        yield return With(new Shape("words-and-call", [Turn("user", Calls(1, null, "Let me look.")), Result(1, Says(2)), Last("user")]), null, tools: true);
        yield return With(new Shape("tools-unused", [Turn("user", Says(1)), Turn("user", Says(2)), Last("user")]), null, tools: true);
        yield return With(new Shape("call-then-user", [Turn("user", Calls(1)), Turn("user", Says(2)), Last("user")]), null, tools: true);
        yield return With(
            new Shape("system-tool", [new Turn([Message("system", 0), Message("user", 1)], Calls(1)), Result(1, Says(2)), Last("user")]), null, tools: true);
    }

    /// <summary>A shape with the functions of these tests, and with thinking asked for or not.</summary>
    public static Shape With(Shape shape, bool? thinking, bool tools = false) => shape with
    {
        Tools = tools ? Shape.Json<JinjaList>(Functions) : null,
        Arguments = thinking switch
        {
            null => null,
            true => Shape.Json<JinjaDict>("""{"enable_thinking": true, "thinking": true}"""),
            false => Shape.Json<JinjaDict>("""{"enable_thinking": false, "thinking": false}"""),
        },
    };

    private static Turn Turn(string role, Answer answer) => new([Message(role, answer.Words[^2])], answer);

    private static Turn Last(string role) => new([Message(role, 99)], null);

    private static Turn Result(int call, Answer? answer = null) => new([ToolResult(call, 0)], answer);

    private static Turn Results(int call, Answer? answer = null) => new([ToolResult(call, 0), ToolResult(call, 1)], answer);

    private static JinjaDict Message(string role, object number) =>
        Shape.Json<JinjaDict>($$"""{"role": "{{role}}", "content": "Words of {{role}}, number {{number}}."}""");

    private static JinjaDict ToolResult(int call, int index) => Shape.Json<JinjaDict>($$"""{"role": "tool", "tool_call_id": "{{Id(call, index)}}", "name": "{{(index == 0 ? "get_weather" : "get_time")}}", "content": "{\"result\": \"Sunny {{call}}{{index}}\"}"}""");

    private static Answer Says(int number, bool? thinking = null)
    {
        var words = $"Answerword{number}z";
        return new Answer(
            Shape.Json<JinjaDict>($$"""{"role": "assistant", {{Thought(number, thinking)}} "content": "Well: {{words}}"}"""), words);
    }

    private static Answer Calls(int number, bool? thinking = null, string? content = null)
    {
        var words = $"Cityword{number}z";
        var said = content is null ? "null" : $"\"{content}\"";
        return new Answer(
            Shape.Json<JinjaDict>(
                $$"""{"role": "assistant", {{Thought(number, thinking)}} "content": {{said}}, "tool_calls": [{{Call(number, 0, words)}}]}"""),
            words);
    }

    private static Answer CallsTwice(int number, bool? thinking = null)
    {
        var words = $"Cityword{number}z";
        return new Answer(
            Shape.Json<JinjaDict>(
                $$"""{"role": "assistant", {{Thought(number, thinking)}} "content": null, "tool_calls": [{{Call(number, 0, "Oslo")}}, {{Call(number, 1, words)}}]}"""),
            words);
    }

    private static string Thought(int number, bool? thinking) =>
        thinking == true ? $"\"reasoning_content\": \"Thoughtword{number}z.\"," : "";

    private static string Call(int call, int index, string city) => $$$"""{"id": "{{{Id(call, index)}}}", "type": "function", "function": {"name": "{{{(index == 0 ? "get_weather" : "get_time")}}}", "arguments": "{\"city\": \"{{{city}}}\"}"}}""";

    private static string Id(int call, int index) => $"callid{call}{index}z";


}
