using Atropos.Jinja;

namespace Atropos.ChatFormats.Templates;

/// <summary>Leaves the last message open, transformers' way: a tag is put at its end, and the rendering is cut there.</summary>
internal static class FinalMessage
{
    // With a space at its end: a template that trims the message then shows that it does.
    private const string Tag = "CONTINUE_FINAL_MESSAGE_TAG ";

    /// <summary>Renders up to the end of the last message's text.</summary>
    /// <exception cref="FinalMessageException">The last message has no text to continue, or the template does not print it.</exception>
    public static string RenderOpen(ChatTemplate template, JinjaDict[] messages, TemplateInput input)
    {
        var last = messages[^1];
        last.TryGet("content", out var content);
        var (tagged, text) = content switch
        {
            string words => (words + Tag, words),
            JinjaList parts => TagLastText(parts),
            _ => throw new FinalMessageException("cannot be done: the last message has no text to continue."),
        };
        messages[^1] = last.With("content", tagged);
        return Cut(template.RenderShaped(messages, input, addGenerationPrompt: false), text);
    }

    private static (object? Tagged, string Text) TagLastText(JinjaList parts)
    {
        var items = parts.ToArray();
        for (var i = items.Length - 1; i >= 0; i--)
        {
            if (items[i] is JinjaDict part && part.TryGet("text", out var value) && value is string text)
            {
                items[i] = part.With("text", text + Tag);
                return (new JinjaList(items), text);
            }
        }

        throw new FinalMessageException("cannot be done: the last message has no text to continue.");
    }

    private static string Cut(string rendered, string text)
    {
        var at = rendered.LastIndexOf(Tag.Trim(), StringComparison.Ordinal);
        if (at < 0 || !rendered.Contains(text.Trim(), StringComparison.Ordinal))
        {
            throw new FinalMessageException("cannot be done with this chat template: it does not print the last message as it is.");
        }

        return rendered.AsSpan(at).StartsWith(Tag, StringComparison.Ordinal) ? rendered[..at] : rendered[..at].TrimEnd();
    }
}
