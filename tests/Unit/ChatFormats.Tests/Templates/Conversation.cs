using System.Text.Json;
using Atropos.ChatFormats.Templates;
using Atropos.Jinja;

namespace Atropos.ChatFormats.Tests.Templates;

/// <summary>Short ways to write conversations and to see what a template is given.</summary>
internal static class Conversation
{
    /// <summary>Prints every message as JSON.</summary>
    public const string Echo = "{% for m in messages %}{{ m | tojson }}\n{% endfor %}";

    /// <summary>A conversation of messages given as a JSON list.</summary>
    public static TemplateInput Input(string messages) => new()
    {
        Messages = [.. ((JinjaList)Json(messages)!).Cast<JinjaDict>()],
        AddGenerationPrompt = false,
    };

    /// <summary>A value given as JSON.</summary>
    public static object? Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return JinjaValue.FromJson(document.RootElement);
    }

    /// <summary>Renders one message.</summary>
    public static string Render(string source, string message) => ChatTemplate.Parse(source).Render(Input($"[{message}]")).TrimEnd('\n');
}
