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

    private static CanonicalMessage From(ChatMessage message)
    {
        var isAssistant = message.Role == CanonicalMessage.AssistantRole;

        // Clients hang members of their own on the answers that they echo; on other messages such members are for the template.
        var extra = isAssistant ? null : Json(message.Extra);
        return new CanonicalMessage
        {
            Role = message.Role,
            Text = message.Content?.KindCase == MessageContent.KindOneofCase.Text ? message.Content.Text : null,
            Parts = Parts(message, isAssistant, extra),
            Name = message.HasName ? message.Name : null,
            ToolCalls = [.. message.ToolCalls.Select(From)],
            ToolCallId = message.HasToolCallId ? message.ToolCallId : null,
            Reasoning = message.HasReasoningContent ? message.ReasoningContent : message.HasReasoning ? message.Reasoning : null,
        };
    }

    private static CanonicalToolCall From(ToolCall call) =>
        new(call.HasId ? call.Id : null, call.Function.Name, call.Function.HasArguments ? call.Function.Arguments : "{}");

    private static List<CanonicalPart>? Parts(ChatMessage message, bool isAssistant, string? extra)
    {
        List<CanonicalPart>? parts = null;
        if (message.Content?.KindCase == MessageContent.KindOneofCase.Parts)
        {
            parts = [.. message.Content.Parts.Parts.Select(part => From(part, isAssistant))];
        }
        else if (extra is not null && message.Content is not null)
        {
            parts = [new CanonicalPart(CanonicalPart.TextType, message.Content.Text)];
        }

        if (extra is not null)
        {
            (parts ??= []).Add(new CanonicalPart("extra", null, extra));
        }

        return parts;
    }

    private static CanonicalPart From(ContentPart part, bool isAssistant)
    {
        var text = part.HasText ? part.Text : part.HasRefusal ? part.Refusal : null;
        return new CanonicalPart(part.Type, text, isAssistant ? null : Json(part.Extra));
    }

    private static string? Json(Struct? members) =>
        members is { Fields.Count: > 0 } ? JsonFormatter.Default.Format(members) : null;
}
