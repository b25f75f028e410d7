using System.Text.Json;

namespace Atropos.TemplateFuzz.Tests.Generators;

/// <summary>Conversations as chat templates are given them, mostly in order and now and then not.</summary>
internal static class RandomConversation
{
    private static readonly string[] Roles = ["system", "user", "assistant", "tool", "developer", "user", "assistant"];

    /// <summary>A list of messages.</summary>
    public static string Messages(Random random)
    {
        var count = random.Next(6);
        var start = random.Next(2);
        return $"[{string.Join(", ", Enumerable.Range(0, count).Select(index =>
            Message(random, random.Next(4) == 0 ? Roles[random.Next(Roles.Length)] : index < start ? "system" : (index - start) % 2 == 0 ? "user" : "assistant")))}]";
    }

    /// <summary>All variables of a chat template.</summary>
    public static string Variables(Random random)
    {
        var tools = random.Next(3) == 0 ? $"[{string.Join(", ", Enumerable.Range(0, random.Next(3)).Select(_ => Tool(random)))}]" : "null";
        var extra = random.Next(3) switch { 0 => ", \"enable_thinking\": false", 1 => ", \"documents\": null", _ => "" };
        var flag = random.Next(2) == 0 ? "true" : "false";
        return $$"""{"messages": {{Messages(random)}}, "tools": {{tools}}, "add_generation_prompt": {{flag}}, "bos_token": "<s>", "eos_token": "</s>"{{extra}}}""";
    }

    private static string Message(Random random, string role)
    {
        var content = random.Next(10) switch
        {
            0 => "null",
            1 => $$"""[{"type": "text", "text": {{Text(random)}}}, {"type": "image"}]""",
            2 => $$"""[{"type": "text", "text": {{Text(random)}}}]""",
            3 => JsonSerializer.Serialize($"<think>\n{RandomText.Text(random)}\n</think>\n\n{RandomText.Text(random)}"),
            _ => Text(random),
        };
        var calls = role == "assistant" && random.Next(3) == 0
            ? $", \"tool_calls\": [{string.Join(", ", Enumerable.Range(0, random.Next(1, 3)).Select(_ => Call(random)))}]"
            : "";
        var reasoning = role == "assistant" && random.Next(5) == 0 ? $", \"reasoning_content\": {Text(random)}" : "";
        var name = role == "tool" && random.Next(2) == 0 ? ", \"name\": \"get_weather\", \"tool_call_id\": \"c1\"" : "";
        return random.Next(30) == 0
            ? $$"""{"role": "{{role}}"{{calls}}}"""
            : $$"""{"role": "{{role}}", "content": {{content}}{{calls}}{{reasoning}}{{name}}}""";
    }

    private static string Call(Random random)
    {
        var arguments = random.Next(3) == 0 ? JsonSerializer.Serialize(RandomJson.Object(random, 2)) : RandomJson.Object(random, 2);
        return $$$"""{"id": "c1", "type": "function", "function": {"name": "get_weather", "arguments": {{{arguments}}}}}""";
    }

    private static string Tool(Random random) =>
        $$$"""{"type": "function", "function": {"name": "f", "description": {{{Text(random)}}}, "parameters": {{{RandomJson.Object(random)}}}}}""";

    private static string Text(Random random) => JsonSerializer.Serialize(RandomText.Text(random));
}
