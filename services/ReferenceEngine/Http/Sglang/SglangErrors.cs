using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Atropos.ReferenceEngine;

/// <summary>Answers errors as SGLang's native routes do.</summary>
internal static class SglangErrors
{
    public static Task WriteAsync(HttpContext context, EngineRequestException exception) =>
        JsonOutput.WriteAsync(context, exception.Status, json => WriteBody(json, exception.Message));

    public static void WriteBody(Utf8JsonWriter json, string message)
    {
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteString("message", message);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
