using Atropos.TokenTree.Matching;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using OpenAI.V1;

namespace Atropos.SessionTracker.Continuity;

/// <summary>Reduces messages to what decides whether a conversation continues a node.</summary>
internal static class CanonicalMessages
{
    /// <summary>Reduces messages.</summary>
    /// <param name="messages">The messages of a request.</param>
    /// <param name="count">How many of them to take.</param>
    public static IReadOnlyList<CanonicalMessage> From(IReadOnlyList<ChatMessage> messages, int count)
    {
        var canonical = new CanonicalMessage[count];
        for (var i = 0; i < count; i++)
        {
            canonical[i] = From(messages[i]);
        }

        return canonical;
    }

    /// <summary>The text of a message's content; parts are put together.</summary>
    public static string TextOf(ChatMessage message) => message.Content?.KindCase switch
    {
        MessageContent.KindOneofCase.Text => message.Content.Text,
        MessageContent.KindOneofCase.Parts => string.Concat(message.Content.Parts.Parts.Select(part => part.HasText ? part.Text : part.Refusal)),
        _ => "",
    };

    /// <summary>What the speaker thought, under either of its names; null where the message does not say.</summary>
    public static string? ReasoningOf(ChatMessage message) =>
        message.HasReasoningContent ? message.ReasoningContent : message.HasReasoning ? message.Reasoning : null;

    private static CanonicalMessage From(ChatMessage message) => new()
    {
        Role = message.Role,
        Text = message.Content?.KindCase == MessageContent.KindOneofCase.Text ? message.Content.Text : null,
        Parts = message.Content?.KindCase == MessageContent.KindOneofCase.Parts ? [.. message.Content.Parts.Parts.Select(From)] : null,
        Name = message.HasName ? message.Name : null,
        ToolCalls = [.. message.ToolCalls.Select(From)],
        ToolCallId = message.HasToolCallId ? message.ToolCallId : null,
        Reasoning = ReasoningOf(message),
        Extra = Json(Extra(message)),
    };

    private static CanonicalToolCall From(ToolCall call) =>
        new(call.HasId ? call.Id : null, call.Function.Name, call.Function.HasArguments ? call.Function.Arguments : "{}");

    private static CanonicalPart From(ContentPart part) =>
        new(part.Type, part.HasText ? part.Text : part.HasRefusal ? part.Refusal : null, Json(part.Extra));

    private static Struct? Extra(ChatMessage message)
    {
        if (message.Refusal.Length == 0)
        {
            return message.Extra;
        }

        var extra = message.Extra?.Clone() ?? new Struct();
        extra.Fields["refusal"] = Value.ForString(message.Refusal);
        return extra;
    }

    private static string? Json(Struct? members) =>
        members is { Fields.Count: > 0 } ? JsonFormatter.Default.Format(members) : null;
}
