using Atropos.Jinja;

namespace Atropos.ChatFormats.Templates;

/// <summary>What messages are, in OpenAI's form or a template's.</summary>
internal static class MessageExtensions
{
    /// <summary>Whether the speaker is of a role.</summary>
    public static bool HasRole(this JinjaDict message, string role) => message.TryGet("role", out var value) && value is string name && name == role;

    /// <summary>Whether it calls tools.</summary>
    public static bool HasCalls(this JinjaDict message) => message.TryGet("tool_calls", out var calls) && calls is JinjaList { Count: > 0 };
}
