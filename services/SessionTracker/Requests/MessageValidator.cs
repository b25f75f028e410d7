using Atropos.SessionTracker.Errors;
using OpenAI.V1;

namespace Atropos.SessionTracker.Requests;

/// <summary>Refuses messages that cannot be rendered, naming what is wrong as OpenAI's API does: <c>messages[2].role</c>.</summary>
internal static class MessageValidator
{
    /// <summary>Checks every message.</summary>
    public static void Check(IReadOnlyList<ChatMessage> messages)
    {
        if (messages.Count == 0)
        {
            throw TrackerErrors.Invalid("messages", "is empty; give at least one message.");
        }

        for (var i = 0; i < messages.Count; i++)
        {
            Check(messages[i], $"messages[{i}]");
        }
    }

    private static void Check(ChatMessage message, string field)
    {
        if (message.Role.Length == 0)
        {
            throw TrackerErrors.Invalid(
                $"{field}.role", "is missing; it must be `system`, `developer`, `user`, `assistant`, `tool` or a role that the template knows.");
        }

        if (message.Content is null && message.Role is "user" or "system" or "developer")
        {
            throw TrackerErrors.Invalid($"{field}.content", $"is missing; a message of role `{message.Role}` needs it.");
        }

        if (message.Content?.KindCase == MessageContent.KindOneofCase.Parts)
        {
            for (var i = 0; i < message.Content.Parts.Parts.Count; i++)
            {
                Check(message.Content.Parts.Parts[i], $"{field}.content[{i}]");
            }
        }

        for (var i = 0; i < message.ToolCalls.Count; i++)
        {
            if (string.IsNullOrEmpty(message.ToolCalls[i].Function?.Name))
            {
                throw TrackerErrors.Invalid($"{field}.tool_calls[{i}].function.name", "is missing; name the function that was called.");
            }
        }
    }

    private static void Check(ContentPart part, string field)
    {
        switch (part.Type)
        {
            case "":
                throw TrackerErrors.Invalid($"{field}.type", "is missing; it must be `text` or a type that the template knows.");
            case "text" when !part.HasText:
                throw TrackerErrors.Invalid($"{field}.text", "is missing; a part of type `text` needs it.");
            case "refusal" when !part.HasRefusal:
                throw TrackerErrors.Invalid($"{field}.refusal", "is missing; a part of type `refusal` needs it.");
            case "image_url" or "input_audio" or "image" or "video" or "video_url" or "audio_url" or "file":
                // Engines get token ids, and nobody here can turn pictures into them: dropping one would be a lie.
                throw TrackerErrors.Invalid($"{field}.type", $"is `{part.Type}`; only text can be turned into token ids here. Send text.");
            default:
                break;
        }
    }
}
