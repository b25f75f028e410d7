using Google.Protobuf.WellKnownTypes;
using OpenAI.V1;

namespace Atropos.SessionTracker.Tests.Support;

/// <summary>Makes requests as clients do.</summary>
internal static class Chat
{
    public static ChatMessage System(string text) => Of("system", text);

    public static ChatMessage User(string text) => Of("user", text);

    public static ChatMessage Assistant(string text) => Of("assistant", text);

    public static ChatMessage ToolResult(string callId, string text)
    {
        var message = Of("tool", text);
        message.ToolCallId = callId;
        return message;
    }

    public static ChatMessage Of(string role, string text) => new() { Role = role, Content = new MessageContent { Text = text } };

    /// <summary>The answer as a client sends it back.</summary>
    public static ChatMessage Echo(AnswerMessage answer)
    {
        var message = new ChatMessage { Role = answer.Role, ToolCalls = { answer.ToolCalls } };
        if (answer.HasContent)
        {
            message.Content = new MessageContent { Text = answer.Content };
        }

        return message;
    }

    public static ChatCompletionRequest Request(params IEnumerable<ChatMessage> messages) => new() { Messages = { messages } };

    public static Tool Tool(string name) => new()
    {
        Type = "function",
        Function = new FunctionDefinition { Name = name, Parameters = "{\"type\":\"object\"}" },
    };

    /// <summary>Template arguments that are all true.</summary>
    public static string Flags(params string[] names) => "{" + string.Join(", ", names.Select(name => $"\"{name}\": true")) + "}";

    /// <summary>Members that no field is for, all true.</summary>
    public static Struct Members(params string[] names) => Struct.Parser.ParseJson(Flags(names));
}
