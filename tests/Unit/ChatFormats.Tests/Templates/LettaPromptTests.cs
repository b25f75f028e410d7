using Atropos.Jinja;
using static Atropos.ChatFormats.Tests.Templates.Conversation;

namespace Atropos.ChatFormats.Tests.Templates;

/// <summary>
/// Letta writes Qwen3's prompt by hand where it has no tokenizer: the tools behind the system's words, calls and their results in tags.
/// Qwen's own template gives the same text, so nobody who talks to us needs to.
/// </summary>
public sealed class LettaPromptTests
{
    private const string Tool =
        """{"type": "function", "function": {"name": "get_weather", "description": "Weather of a city.", "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}}}""";

    private const string OtherTool =
        """{"type": "function", "function": {"name": "send_message", "description": "Says something.", "parameters": {"type": "object", "properties": {}}}}""";

    [Fact]
    public void The_tools_stand_behind_the_systems_words() => Assert.Equal(
        $$"""
        <|im_start|>system
        You are Letta.

        # Tools

        You may call one or more functions to assist with the user query.

        You are provided with function signatures within <tools></tools> XML tags:
        <tools>
        {{Tool}}
        {{OtherTool}}
        </tools>

        For each function call, return a json object with function name and arguments within <tool_call></tool_call> XML tags:
        <tool_call>
        {"name": <function-name>, "arguments": <args-json-object>}
        </tool_call><|im_end|>
        <|im_start|>user
        Weather in Paris?<|im_end|>
        <|im_start|>assistant

        """,
        Render("""[{"role": "system", "content": "You are Letta."}, {"role": "user", "content": "Weather in Paris?"}]"""));

    [Fact]
    public void Calls_and_results_stand_in_tags() => Assert.EndsWith(
        """
        <|im_start|>user
        Weather in Paris?<|im_end|>
        <|im_start|>assistant
        <tool_call>
        {"name": "get_weather", "arguments": {"city": "Paris"}}
        </tool_call><|im_end|>
        <|im_start|>user
        <tool_response>
        21 degrees
        </tool_response><|im_end|>
        <|im_start|>assistant

        """,
        Render(
            """
            [{"role": "system", "content": "You are Letta."}, {"role": "user", "content": "Weather in Paris?"},
             {"role": "assistant", "content": null, "tool_calls": [
                {"id": "call_1", "type": "function", "function": {"name": "get_weather", "arguments": "{\"city\": \"Paris\"}"}}]},
             {"role": "tool", "tool_call_id": "call_1", "content": "21 degrees"}]
            """),
        StringComparison.Ordinal);

    private static string Render(string messages) => RecordedTemplates.Load("Qwen-Qwen3-0.6B").Render(
        Input(messages) with { Tools = (JinjaList)Json($"[{Tool}, {OtherTool}]")!, AddGenerationPrompt = true });
}
