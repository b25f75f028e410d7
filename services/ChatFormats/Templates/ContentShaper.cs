using System.Globalization;
using Atropos.Jinja;

namespace Atropos.ChatFormats.Templates;

/// <summary>
/// Puts a message's content into the template's form. Where that is a string, texts of parts are joined by newlines; where it is parts,
/// a string becomes one part of text. A message without content has an empty string or list, whatever the role: None and a missing
/// member, which OpenAI's API allows beside tool calls, make many templates fail or print <c>None</c>. The exception is found by
/// probing: templates that print calls only where content is None (DeepSeek) get None, also for an empty string.
/// </summary>
internal static class ContentShaper
{
    public static JinjaDict Shape(JinjaDict message, TemplateTraits traits)
    {
        var isThere = message.TryGet("content", out var content);
        var role = message.TryGet("role", out var name) ? name as string : null;
        var asParts = traits.ContentAsParts && (role is null || !traits.StringRoles.Contains(role));
        var said = content is JinjaList parts ? Shape(parts, asParts, traits) : content;
        if (said is null or "" or JinjaList { Count: 0 } && message.HasCalls())
        {
            return WithNoText(message, traits.ContentOfCalls, asParts);
        }

        var shaped = said switch
        {
            null => asParts ? new JinjaList() : "",
            string text when asParts => new JinjaList(TemplateDict.TextPart(text)),
            _ => said,
        };
        return isThere && ReferenceEquals(shaped, content) ? message : message.With("content", shaped);
    }

    private static JinjaDict WithNoText(JinjaDict message, NoText form, bool asParts) => form switch
    {
        NoText.None => message.With("content", null),
        NoText.Absent => message.Without("content"),
        NoText.Empty when asParts => message.With("content", new JinjaList()),
        _ => message.With("content", ""),
    };

    private static object Shape(JinjaList parts, bool asParts, TemplateTraits traits)
    {
        var shaped = new List<object?>(parts.Count);
        var allText = true;
        var changed = false;
        for (var i = 0; i < parts.Count; i++)
        {
            var part = PartShaper.Shape(parts[i], traits);
            changed |= !ReferenceEquals(part, parts[i]);
            if (part is null)
            {
                continue;
            }

            var isText = PartShaper.TextOf(part) is not null;
            if (!isText && !asParts && !traits.ReadsParts)
            {
                throw Refused(i, part);
            }

            allText &= isText;
            shaped.Add(part);
        }

        return allText && !asParts ? string.Join('\n', shaped.Select(PartShaper.TextOf))
            : changed ? new JinjaList(shaped.ToArray())
            : parts;
    }

    private static MessageContentException Refused(int index, JinjaDict part)
    {
        var type = part.TryGet("type", out var value) ? value : null;
        return new MessageContentException(
            string.Create(CultureInfo.InvariantCulture, $"content[{index}].type"),
            $"is '{type}', and the chat template takes parts of text only. Leave the part out, or serve a model that takes such parts.");
    }
}
