using System.Text.Json;
using Atropos.SessionTracker.Errors;

namespace Atropos.SessionTracker.Requests;

/// <summary>Reads what a request says as JSON text for a chat template.</summary>
internal static class TemplateJson
{
    /// <summary>Reads an object.</summary>
    /// <param name="text">The JSON text.</param>
    /// <param name="field">Its field in the request.</param>
    /// <exception cref="Exception">INVALID_ARGUMENT where it is something else.</exception>
    public static JsonElement Object(string text, string field)
    {
        var value = Read(text, field);
        return value.ValueKind == JsonValueKind.Object
            ? value
            : throw TrackerErrors.Invalid(field, $"is {Name(value)}; give a JSON object.");
    }

    /// <summary>Reads an array of objects.</summary>
    /// <param name="text">The JSON text.</param>
    /// <param name="field">Its field in the request.</param>
    /// <exception cref="Exception">INVALID_ARGUMENT where it, or something in it, is something else.</exception>
    public static JsonElement Objects(string text, string field)
    {
        var value = Read(text, field);
        if (value.ValueKind != JsonValueKind.Array)
        {
            throw TrackerErrors.Invalid(field, $"is {Name(value)}; give a JSON array of objects.");
        }

        var position = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object)
            {
                throw TrackerErrors.Invalid($"{field}[{position}]", $"is {Name(item)}; give a JSON object.");
            }

            position++;
        }

        return value;
    }

    private static JsonElement Read(string text, string field)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            CheckText(document.RootElement);
            return document.RootElement.Clone();
        }
        catch (JsonException error)
        {
            throw TrackerErrors.Invalid(field, $"is not JSON: {error.Message}");
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            throw TrackerErrors.Invalid(field, "has text that is not Unicode: half of a surrogate pair without its other half.");
        }
    }

    private static void CheckText(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                _ = value.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    CheckText(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    _ = member.Name;
                    CheckText(member.Value);
                }

                break;
            default:
                break;
        }
    }

    private static string Name(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a boolean",
    };
}
