using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Atropos.ReferenceEngine;

/// <summary>Reads a request whole.</summary>
internal static class RequestReader
{
    public static async Task<ReceivedRequest> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in context.Request.Headers)
        {
            headers[name] = value.ToString();
        }

        return new ReceivedRequest(context.Request.Path, headers, body.ToArray());
    }

    /// <summary>Parses a body that must be a JSON object; an empty one counts as <c>{}</c>.</summary>
    public static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body.IsEmpty ? "{}"u8.ToArray() : body);
        }
        catch (JsonException exception)
        {
            throw EngineRequestException.Bad(
                $"The body is not JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}: {exception.Message}");
        }

        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            document.Dispose();
            throw EngineRequestException.Bad("The body must be a JSON object.");
        }

        return document;
    }
}
