using System.Text.Json;
using Atropos.Jinja;

namespace Atropos.ChatFormats.Templates;

/// <summary>
/// Puts the arguments of an assistant's tool calls into the template's form. An object is parsed from the JSON text, numbers as they
/// are written and keys in their order; nothing at all is an empty object, as in vLLM. What is no object (a list, or words that are no
/// JSON) reaches the template as it is where the template prints that, and otherwise as the member <c>arguments</c> of an object, so
/// that it is not lost.
/// </summary>
internal static class CallShaper
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 256 };

    /// <summary>As Python's json.dumps writes, which templates use themselves.</summary>
    private static readonly Template Dump = Template.Parse("{{ value | tojson }}");

    public static JinjaDict Shape(JinjaDict message, TemplateTraits traits)
    {
        if (!message.HasRole("assistant") || !message.TryGet("tool_calls", out var value))
        {
            return message;
        }

        // No list, or an empty one, is no calls; templates that ask whether the member is there take it for calls.
        return value is JinjaList { Count: > 0 } calls ? WithShaped(message, calls, traits) : message.Without("tool_calls");
    }

    private static JinjaDict WithShaped(JinjaDict message, JinjaList calls, TemplateTraits traits)
    {
        var shaped = Array.ConvertAll(calls.ToArray(), call => ShapeCall(call, traits));
        return shaped.SequenceEqual(calls, ReferenceEqualityComparer.Instance) ? message : message.With("tool_calls", new JinjaList(shaped));
    }

    private static object? ShapeCall(object? item, TemplateTraits traits)
    {
        if (item is not JinjaDict call || !call.TryGet("function", out var value) || value is not JinjaDict function)
        {
            return item;
        }

        function.TryGet("arguments", out var arguments);
        var shaped = traits.ArgumentsAsObject ? AsObject(arguments, traits) : AsText(arguments);
        return ReferenceEquals(shaped, arguments) ? item : call.With("function", function.With("arguments", shaped));
    }

    private static object AsObject(object? arguments, TemplateTraits traits)
    {
        var value = arguments is string text ? Parse(text) : arguments;
        return value switch
        {
            null => new JinjaDict(),
            JinjaDict => value,
            _ when traits.ReadsTextArguments => value,
            _ => TemplateDict.Of(("arguments", value)),
        };
    }

    private static string AsText(object? arguments) => arguments switch
    {
        null or "" => "{}",
        string text => text,
        _ => Dump.Render(new Dictionary<string, object?> { ["value"] = arguments }),
    };

    private static object? Parse(string arguments)
    {
        if (string.IsNullOrWhiteSpace(arguments))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(arguments, Options);
            return LongNumbers.AreIn(arguments, document.RootElement) ? arguments : JinjaValue.FromJson(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The second is for half a character written as an escape.
            return arguments;
        }
    }
}
