using Microsoft.AspNetCore.Http;

namespace Atropos.ReferenceEngine;

/// <summary>Answers errors as vLLM does.</summary>
internal static class VllmErrors
{
    public static Task WriteAsync(HttpContext context, EngineRequestException exception) =>
        JsonOutput.WriteAsync(context, exception.Status, json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("error");
            json.WriteString("message", exception.Message);
            json.WriteString("type", exception.Status switch
            {
                404 => "NotFoundError",
                >= 500 => "InternalServerError",
                _ => "BadRequestError",
            });
            json.WriteString("param", exception.Parameter);
            json.WriteNumber("code", exception.Status);
            json.WriteEndObject();
            json.WriteEndObject();
        });
}
