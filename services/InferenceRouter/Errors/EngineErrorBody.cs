using System.Text;
using System.Text.Json;

namespace Atropos.InferenceRouter.Errors;

/// <summary>What an engine says when it fails, whichever of the many shapes it says it in.</summary>
/// <param name="Message">Its words; empty if it said nothing.</param>
/// <param name="Code">The HTTP status that the body names; 0 if none.</param>
internal readonly record struct EngineErrorBody(string Message, int Code)
{
    private const int LongestWords = 2000;

    /// <summary>Reads the body of a failed answer: JSON in any known shape, or plain text.</summary>
    public static EngineErrorBody Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            using var document = JsonDocument.ParseValue(ref reader);
            return Parse(document.RootElement);
        }
        catch (JsonException)
        {
            return new EngineErrorBody(Cut(Encoding.UTF8.GetString(body).Trim()), 0);
        }
    }

    /// <summary>Reads an error object, or what stands in its place.</summary>
    public static EngineErrorBody Parse(JsonElement error)
    {
        switch (error.ValueKind)
        {
            case JsonValueKind.String:
                return new EngineErrorBody(Cut(error.GetString()!), 0);
            case JsonValueKind.Object:
                break;
            default:
                return new EngineErrorBody(error.ValueKind == JsonValueKind.Null ? "" : Cut(error.GetRawText()), 0);
        }

        if (error.TryGetProperty("error", out var nested) && nested.ValueKind != JsonValueKind.Null)
        {
            var inner = Parse(nested);
            return inner.Code != 0 ? inner : inner with { Code = CodeOf(error) };
        }

        foreach (var name in (ReadOnlySpan<string>)["message", "detail", "msg"])
        {
            if (error.TryGetProperty(name, out var words) && words.ValueKind != JsonValueKind.Null)
            {
                var text = words.ValueKind == JsonValueKind.String ? words.GetString()! : words.GetRawText();
                return new EngineErrorBody(Cut(text), CodeOf(error));
            }
        }

        return new EngineErrorBody(Cut(error.GetRawText()), CodeOf(error));
    }

    private static int CodeOf(JsonElement error)
    {
        foreach (var name in (ReadOnlySpan<string>)["code", "status_code"])
        {
            if (!error.TryGetProperty(name, out var code))
            {
                continue;
            }

            if ((code.ValueKind == JsonValueKind.Number && code.TryGetInt32(out var number))
                || (code.ValueKind == JsonValueKind.String && int.TryParse(code.GetString(), out number)))
            {
                return number is >= 400 and <= 599 ? number : 0;
            }
        }

        return 0;
    }

    private static string Cut(string words) => words.Length <= LongestWords ? words : words[..LongestWords] + "...";
}
