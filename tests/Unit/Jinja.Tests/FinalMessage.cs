using System.Text.Json;
using System.Text.Json.Nodes;

namespace Atropos.Jinja.Tests;

/// <summary>transformers' way to leave the last message open: a tag is put at its end, and the rendering is cut there.</summary>
internal static class FinalMessage
{
    public static object? WithTag(JsonElement messages, string tag, out string final)
    {
        var copy = JsonNode.Parse(messages.GetRawText())!.AsArray();
        var last = copy[^1]!.AsObject();
        var content = last["content"];
        if (content is JsonArray parts)
        {
            var part = parts.Select(p => p!.AsObject()).Last(p => p.ContainsKey("text"));
            final = part["text"]!.GetValue<string>();
            part["text"] = final + tag;
        }
        else
        {
            final = content!.GetValue<string>();
            last["content"] = final + tag;
        }

        return JinjaValue.FromJson(JsonDocument.Parse(copy.ToJsonString()).RootElement);
    }

    public static string Cut(string rendered, string tag, string final)
    {
        var trimmed = tag.Trim();
        var at = rendered.LastIndexOf(trimmed, StringComparison.Ordinal);
        if (at < 0 || rendered.LastIndexOf(final.Trim(), StringComparison.Ordinal) < 0)
        {
            throw new InvalidOperationException("continue_final_message is set but the final message does not appear in the chat.")
            {
                Source = nameof(FinalMessage),
            };
        }

        return at + tag.Length <= rendered.Length && rendered.AsSpan(at, tag.Length).SequenceEqual(tag)
            ? rendered[..at]
            : rendered[..at].TrimEnd();
    }
}
