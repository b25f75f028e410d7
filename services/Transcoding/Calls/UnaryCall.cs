using Atropos.Transcoding.Json;
using Atropos.Transcoding.Routing;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Atropos.Transcoding.Calls;

/// <summary>A method with one answer.</summary>
internal sealed class UnaryCall<TRequest, TResponse>(
    CallInvoker invoker, HttpBinding binding, CodecRegistry registry, TranscodingOptions options)
    : BoundCall<TRequest, TResponse>(invoker, binding, registry, options)
    where TRequest : class, IMessage<TRequest>, new()
    where TResponse : class, IMessage<TResponse>, new()
{
    private const int SliceSize = 64 * 1024;

    protected override async Task SendAsync(HttpContext context, TRequest request)
    {
        using var call = Invoker.AsyncUnaryCall(Method, null, OptionsOf(context), request);
        var message = await call.ResponseAsync;
        var response = context.Response;
        Headers.CopyTo(response.Headers, await call.ResponseHeadersAsync);
        if (TryGetHttpBody(message, out var raw))
        {
            response.ContentType = raw.ContentType.Length > 0 ? raw.ContentType : "application/octet-stream";
            await WriteAsync(context, raw.Data.Memory);
            return;
        }

        using var buffer = new PooledBuffer();
        WriteJson(buffer, message);
        response.ContentType = "application/json";
        await WriteAsync(context, buffer.Written);
    }

    private static async Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        context.Response.ContentLength = body.Length;

        // In slices, so that a large answer to a slow reader waits here and not as a copy in the server's buffers.
        for (var at = 0; at < body.Length; at += SliceSize)
        {
            await context.Response.BodyWriter.WriteAsync(
                body.Slice(at, Math.Min(SliceSize, body.Length - at)), context.RequestAborted);
        }
    }
}
