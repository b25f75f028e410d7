using System.Text.Json;
using Atropos.Jinja;

namespace Atropos.ChatFormats.Templates;

/// <summary>Puts messages in OpenAI's form into the form that a template expects, as vLLM does. Messages that need no change are
/// passed on as they are.</summary>
internal static class MessageShaper
{
    public static JinjaDict[] Shape(IReadOnlyList<JinjaDict> messages, TemplateTraits traits)
    {
        var shaped = new JinjaDict[messages.Count];
        for (var i = 0; i < shaped.Length; i++)
        {
            shaped[i] = Shape(messages[i], traits);
        }

        return shaped;
    }

    private static JinjaDict Shape(JinjaDict message, TemplateTraits traits)
    {
        if (message.TryGet("content", out var content) && content is JinjaList parts && !traits.ContentAsParts && TextOf(parts) is { } text)
        {
            message = message.With("content", text);
        }

        if (message.TryGet("tool_calls", out var value) && value is JinjaList { Count: > 0 } calls && traits.ArgumentsAsObject)
        {
            message = message.With("tool_calls", new JinjaList(calls.Select(WithArgumentsAsObject).ToArray()));
        }

        return message;
    }

    /// <summary>Parts of text as one text, as vLLM makes it for a template that takes strings; null where a part is none.</summary>
    private static string? TextOf(JinjaList parts)
    {
        var texts = new List<string>(parts.Count);
        foreach (var item in parts)
        {
            if (item is not JinjaDict part || !part.TryGet("text", out var text) || text is not string words)
            {
                return null;
            }

            texts.Add(words);
        }

        return string.Join('\n', texts);
    }

    private static object? WithArgumentsAsObject(object? item)
    {
        if (item is not JinjaDict call
            || !call.TryGet("function", out var value) || value is not JinjaDict function
            || !function.TryGet("arguments", out var arguments) || arguments is not string text)
        {
            return item;
        }

        return call.With("function", function.With("arguments", Parse(text)));
    }

    private static object? Parse(string arguments)
    {
        if (arguments.Length == 0)
        {
            return new JinjaDict();
        }

        try
        {
            using var document = JsonDocument.Parse(arguments);
            return JinjaValue.FromJson(document.RootElement);
        }
        catch (JsonException)
        {
            // What the model wrote is not JSON: the template gets its words.
            return arguments;
        }
    }
}
