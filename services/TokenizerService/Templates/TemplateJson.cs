using System.Text.Json;
using Atropos.ChatFormats.Templates;
using Atropos.Jinja;

namespace Atropos.TokenizerService.Templates;

/// <summary>Reads fields that are JSON text into template values, which keep the order of members and the kind of numbers.</summary>
internal static class TemplateJson
{
    /// <summary>Reads any value.</summary>
    /// <param name="text">The JSON text.</param>
    /// <param name="field">The request's field that it is from.</param>
    /// <exception cref="Hosting.Errors.AtroposException">It is not JSON.</exception>
    public static object? Value(string text, string field)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            if (LongNumbers.AreIn(text, document.RootElement))
            {
                throw TokenizerErrors.Invalid(field, $"has a number of more than {LongNumbers.MostDigits} digits: send it as a string.");
            }

            return JinjaValue.FromJson(document.RootElement);
        }
        catch (JsonException error)
        {
            throw TokenizerErrors.Invalid(field, $"is not JSON: {error.Message}");
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            throw TokenizerErrors.Invalid(field, "has text that is not Unicode: half of a surrogate pair without its other half.");
        }
    }

    /// <summary>Reads an object.</summary>
    /// <param name="text">The JSON text.</param>
    /// <param name="field">The request's field that it is from.</param>
    /// <exception cref="Hosting.Errors.AtroposException">It is not JSON, or something else.</exception>
    public static JinjaDict Object(string text, string field) =>
        Value(text, field) as JinjaDict ?? throw TokenizerErrors.Invalid(field, "is not an object: send a JSON object.");

    /// <summary>Reads an array of objects.</summary>
    /// <param name="text">The JSON text.</param>
    /// <param name="field">The request's field that it is from.</param>
    /// <exception cref="Hosting.Errors.AtroposException">It is not JSON, or something else.</exception>
    public static JinjaDict[] Objects(string text, string field)
    {
        if (Value(text, field) is not JinjaList items)
        {
            throw TokenizerErrors.Invalid(field, "is not an array: send a JSON array of objects.");
        }

        var objects = new JinjaDict[items.Count];
        var next = 0;
        foreach (var item in items)
        {
            objects[next] = item as JinjaDict ?? throw TokenizerErrors.Invalid($"{field}[{next}]", "is not an object: send a JSON object.");
            next++;
        }

        return objects;
    }

    /// <summary>Reads a conversation.</summary>
    /// <param name="text">The JSON text.</param>
    /// <param name="field">The request's field that it is from.</param>
    /// <exception cref="Hosting.Errors.AtroposException">It is not an array of objects that have a role each.</exception>
    public static JinjaDict[] Messages(string text, string field)
    {
        var messages = Objects(text, field);
        for (var i = 0; i < messages.Length; i++)
        {
            if (!messages[i].TryGet("role", out var role) || role is null or "")
            {
                throw TokenizerErrors.Invalid($"{field}[{i}].role", "is missing: say who speaks, such as `user`, or another role that the template knows.");
            }

            if (role is not string)
            {
                throw TokenizerErrors.Invalid($"{field}[{i}].role", "is not a string: name who speaks, such as `user`.");
            }
        }

        return messages;
    }
}
