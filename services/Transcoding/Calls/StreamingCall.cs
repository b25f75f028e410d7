using Atropos.Transcoding.Errors;
using Atropos.Transcoding.Json;
using Atropos.Transcoding.Routing;
using Atropos.Transcoding.Sse;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Atropos.Transcoding.Calls;

/// <summary>A method whose answers are a stream: an event each, or the pieces of one body where they are not JSON.</summary>
internal sealed class StreamingCall<TRequest, TResponse>(
    CallInvoker invoker, HttpBinding binding, CodecRegistry registry, TranscodingOptions options)
    : BoundCall<TRequest, TResponse>(invoker, binding, registry, options)
    where TRequest : class, IMessage<TRequest>, new()
    where TResponse : class, IMessage<TResponse>, new()
{
    // Messages that are ready at once go out together, but never more than this without a flush.
    private const int MaxUnflushed = 32 * 1024;

    private readonly TimeProvider _time = options.TimeProvider;
    private readonly TimeSpan _heartbeat = options.HeartbeatInterval;

    protected override async Task SendAsync(HttpContext context, TRequest request)
    {
        using var call = Invoker.AsyncServerStreamingCall(Method, null, OptionsOf(context), request);

        // Nothing is sent before the first message: an error that comes instead of it gets an HTTP status of its own.
        var stream = call.ResponseStream;
        var any = await stream.MoveNext(context.RequestAborted);
        Headers.CopyTo(context.Response.Headers, await call.ResponseHeadersAsync);
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        if (any && TryGetHttpBody(stream.Current, out var first))
        {
            context.Response.ContentType = first.ContentType.Length > 0 ? first.ContentType : "application/octet-stream";
            await WriteBodiesAsync(context, stream);
        }
        else
        {
            await WriteEventsAsync(context, stream, any);
        }
    }

    private async Task WriteBodiesAsync(HttpContext context, IAsyncStreamReader<TResponse> stream)
    {
        do
        {
            TryGetHttpBody(stream.Current, out var piece);
            await context.Response.BodyWriter.WriteAsync(piece.Data.Memory, context.RequestAborted);
        }
        while (await stream.MoveNext(context.RequestAborted));
    }

    private async Task WriteEventsAsync(HttpContext context, IAsyncStreamReader<TResponse> stream, bool any)
    {
        using var events = new SseWriter(context.Response);
        events.Start();
        using var silence = _heartbeat > TimeSpan.Zero ? new SilenceClock(_heartbeat, _time) : null;
        try
        {
            while (any)
            {
                events.Begin();
                WriteJson(events.Buffer, stream.Current);
                events.End();
                var moving = stream.MoveNext(context.RequestAborted);
                if (!moving.IsCompleted)
                {
                    await events.FlushAsync(context.RequestAborted);
                    await WaitAsync(moving, silence, events, context.RequestAborted);
                }
                else if (events.Unflushed > MaxUnflushed)
                {
                    await events.FlushAsync(context.RequestAborted);
                }

                any = await moving;
            }
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested)
        {
            // The status is sent already. The stream ends without its end mark: a client must not take it for whole.
            var failure = GrpcErrors.Explain(e);
            events.Begin();
            ErrorBody.Write(events.Buffer, failure);
            events.End();
            await events.FlushAsync(context.RequestAborted);
            throw new StreamBrokeException(failure, e);
        }

        if (Binding.StreamEnd.Length > 0)
        {
            events.WriteText(Binding.StreamEnd);
        }

        await events.FlushAsync(context.RequestAborted);
    }

    private static async ValueTask WaitAsync(Task moving, SilenceClock? silence, SseWriter events, CancellationToken cancellation)
    {
        if (silence is null)
        {
            return;
        }

        silence.Restart();
        while (await Task.WhenAny(moving, silence.Elapsed) != moving)
        {
            events.WriteComment();
            await events.FlushAsync(cancellation);
        }
    }
}
