using System.Buffers;
using Atropos.Transcoding.Calls;
using Microsoft.AspNetCore.Http;

namespace Atropos.Transcoding.Errors;

/// <summary>Errors as OpenAI's API writes them: <c>{"error":{"message","type","param","code"}}</c>.</summary>
internal static class ErrorBody
{
    /// <summary>Writes the error's JSON.</summary>
    public static void Write(IBufferWriter<byte> output, TranscodingException error)
    {
        var writer = JsonWriters.Rent(output);
        writer.WriteStartObject();
        writer.WriteStartObject("error"u8);
        writer.WriteString("message"u8, error.Message);
        writer.WriteString("type"u8, error.Type);
        writer.WriteString("param"u8, error.Parameter);
        writer.WriteString("code"u8, error.Code);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        JsonWriters.Return(writer);
    }

    /// <summary>Answers a request with the error.</summary>
    public static async Task SendAsync(HttpContext context, TranscodingException error)
    {
        using var buffer = new PooledBuffer();
        Write(buffer, error);
        context.Response.StatusCode = error.HttpStatus;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = buffer.Written.Length;
        await context.Response.BodyWriter.WriteAsync(buffer.Written, context.RequestAborted);
    }
}
