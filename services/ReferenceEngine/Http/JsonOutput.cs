using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Atropos.ReferenceEngine;

/// <summary>Writes JSON answers the way the engines' own servers do: text as it is, without escapes that JSON does not need.</summary>
internal static class JsonOutput
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Utf8JsonWriter Writer(IBufferWriter<byte> output) => new(output, Options);

    /// <summary>Answers with one value.</summary>
    public static async Task WriteAsync(HttpContext context, int status, Action<Utf8JsonWriter> value)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await using (var json = Writer(context.Response.BodyWriter))
        {
            value(json);
        }

        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    /// <summary>Answers with one object.</summary>
    public static Task WriteObjectAsync(HttpContext context, Action<Utf8JsonWriter> members) => WriteAsync(context, 200, json =>
    {
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
    });

    public static void WriteIds(Utf8JsonWriter json, ReadOnlySpan<int> ids)
    {
        json.WriteStartArray();
        foreach (var id in ids)
        {
            json.WriteNumberValue(id);
        }

        json.WriteEndArray();
    }
}
