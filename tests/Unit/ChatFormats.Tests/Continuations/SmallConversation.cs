namespace Atropos.ChatFormats.Tests.Continuations;

/// <summary>The messages that most of these tests are about, as JSON.</summary>
internal static class SmallConversation
{
    public const string Call = """{"role": "assistant", "content": null, "tool_calls": [{"id": "callid001", "type": "function", "function": {"name": "f", "arguments": "{\"x\": 1}"}}]}""";
    public const string User = """{"role": "user", "content": "Hi"}""";
    public const string Said = """{"role": "assistant", "content": "Hello"}""";
    public const string More = """{"role": "user", "content": "More"}""";
    public const string Result = """{"role": "tool", "tool_call_id": "callid001", "content": "42"}""";
}
