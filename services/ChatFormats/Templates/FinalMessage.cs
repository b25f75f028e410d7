using System.Buffers;
using Atropos.Jinja;

namespace Atropos.ChatFormats.Templates;

/// <summary>
/// Leaves the last message open, transformers' way: a tag is put at its end, and the rendering is cut there. What is continued is its
/// content; in a message that has none but thoughts, the thoughts, which transformers calls <c>continue_final_message="reasoning_content"</c>.
/// </summary>
internal static class FinalMessage
{
    // With a space at its end: a template that trims the message then shows that it does.
    private const string Tag = "CONTINUE_FINAL_MESSAGE_TAG ";
    private const string NothingToContinue = "cannot be done: the last message has no text to continue.";

    private static readonly string[] Thoughts = ["reasoning_content", "reasoning"];

    /// <summary>Python's white space in ASCII and beyond; .NET's lacks the four separators.</summary>
    private static readonly SearchValues<char> Separators = SearchValues.Create("\u001c\u001d\u001e\u001f");

    /// <summary>Renders up to the end of the last message's text.</summary>
    /// <param name="template">The template.</param>
    /// <param name="messages">The messages in the template's form.</param>
    /// <param name="input">The messages as the client sent them: there a last message without content has no empty one.</param>
    /// <exception cref="FinalMessageException">The last message has no text to continue, or the template does not print it.</exception>
    public static string RenderOpen(ChatTemplate template, IReadOnlyList<JinjaDict> messages, TemplateInput input)
    {
        var last = messages[^1];
        var fields = Fields(input.Messages[^1], last);
        if (!Array.Exists(fields, field => template.Source.Contains(field, StringComparison.Ordinal)))
        {
            throw new FinalMessageException($"cannot be done with this chat template: it does not use a message's {fields[0]}.");
        }

        var text = "";
        foreach (var field in fields)
        {
            last.TryGet(field, out var value);
            (var tagged, text) = value is JinjaList parts ? TagLastText(parts) : ((string)value! + Tag, (string)value!);
            last = last.With(field, tagged);
        }

        return Cut(template.RenderShaped([.. messages.Take(messages.Count - 1), last], input, addGenerationPrompt: false), text);
    }

    /// <summary>The members that hold what is continued: the content, or the thoughts by all their names.</summary>
    private static string[] Fields(JinjaDict sent, JinjaDict shaped)
    {
        if (sent.TryGet("content", out var content) && content is not null)
        {
            return shaped.TryGet("content", out var value) && value is string or JinjaList
                ? ["content"]
                : throw new FinalMessageException(NothingToContinue);
        }

        string[] thoughts = [.. Thoughts.Where(name => shaped.TryGet(name, out var thought) && thought is string)];
        return thoughts.Length > 0 ? thoughts : throw new FinalMessageException(NothingToContinue);
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

        throw new FinalMessageException(NothingToContinue);
    }

    private static string Cut(string rendered, string text)
    {
        var at = rendered.LastIndexOf(Tag.TrimEnd(), StringComparison.Ordinal);
        if (at < 0 || !rendered.AsSpan().Contains(Stripped(text), StringComparison.Ordinal))
        {
            throw new FinalMessageException("cannot be done with this chat template: it does not print the last message as it is.");
        }

        return rendered.AsSpan(at).StartsWith(Tag, StringComparison.Ordinal) ? rendered[..at] : StrippedEnd(rendered.AsSpan(0, at)).ToString();
    }

    private static ReadOnlySpan<char> Stripped(ReadOnlySpan<char> text)
    {
        text = StrippedEnd(text);
        while (!text.IsEmpty && IsSpace(text[0]))
        {
            text = text[1..];
        }

        return text;
    }

    private static ReadOnlySpan<char> StrippedEnd(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty && IsSpace(text[^1]))
        {
            text = text[..^1];
        }

        return text;
    }

    private static bool IsSpace(char character) => char.IsWhiteSpace(character) || Separators.Contains(character);
}
