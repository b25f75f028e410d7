using System.Buffers;
using System.IO.Pipelines;
using Atropos.Transcoding.Errors;
using Atropos.Transcoding.Json;
using Atropos.Transcoding.Routing;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Atropos.Transcoding.Calls;

/// <summary>Takes HTTP requests to their methods, and every failure to an error body.</summary>
internal sealed class TranscodingDispatcher(RouteTable routes, TranscodingOptions options, ILogger logger)
{
    private readonly HeaderRules _headers = new(options);
    private readonly long _maxBody = options.MaxRequestBodySize;
    private readonly JsonReadSettings _settings = new(options.MaxJsonDepth, options.IgnoreUnknownMembers);

    /// <summary>Answers one request.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            var path = context.Request.Path.Value ?? "/";
            var match = routes.Match(path, context.Request.Method);
            if (match.Target is null)
            {
                throw NoRoute(context, path, match);
            }

            var (call, request) = await BindAsync(context, match.Target);
            call.BindUri(request, match.Segments, context.Request.Query);
            await call.SendAsync(context, request);
        }
        catch (Exception e)
        {
            await FailAsync(context, e);
        }
    }

    private async Task<(BoundCall Call, IMessage Request)> BindAsync(HttpContext context, RouteTarget target)
    {
        if (target.Calls.All(c => c.Binding.Body.Length == 0))
        {
            return (target.Calls[0], target.Calls[0].ReadBody(ReadOnlySequence<byte>.Empty, null));
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = _maxBody;
        }

        var reader = context.Request.BodyReader;
        var body = await ReadAllAsync(reader, context.RequestAborted);
        try
        {
            return Choose(target, body, context.Request.ContentType);
        }
        finally
        {
            reader.AdvanceTo(body.End);
        }
    }

    private async Task<ReadOnlySequence<byte>> ReadAllAsync(PipeReader reader, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancellation);
            if (read.Buffer.Length > _maxBody)
            {
                reader.AdvanceTo(read.Buffer.End);
                throw TooLarge();
            }

            if (read.IsCompleted)
            {
                return read.Buffer;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    // Methods that share the request type are told apart after one reading. Others need a look at the body first, for the one
    // member that decides.
    private (BoundCall Call, IMessage Request) Choose(RouteTarget target, ReadOnlySequence<byte> body, string? contentType)
    {
        var calls = target.Calls;
        var first = calls[0];
        if (calls.Count > 1 && !calls.All(c => c.Binding.Method.InputType == first.Binding.Method.InputType && c.Binding.Body == first.Binding.Body))
        {
            var chosen = calls.FirstOrDefault(c => c.Binding.When.Length > 0 && JsonBody.IsTrue(body, c.Binding.When, _settings))
                ?? calls.FirstOrDefault(c => c.Binding.When.Length == 0)
                ?? throw NothingChosen(calls);
            return (chosen, chosen.ReadBody(body, contentType));
        }

        var request = first.ReadBody(body, contentType);
        var call = calls.FirstOrDefault(c => c.Binding.When.Length > 0 && c.IsAskedFor(request))
            ?? calls.FirstOrDefault(c => c.Binding.When.Length == 0)
            ?? throw NothingChosen(calls);
        return (call, request);
    }

    private async Task FailAsync(HttpContext context, Exception error)
    {
        var (verb, path) = (context.Request.Method, context.Request.Path.Value ?? "/");
        if (context.RequestAborted.IsCancellationRequested)
        {
            TranscodingLog.ClientLeft(logger, verb, path);
            return;
        }

        if (error is StreamBrokeException broke)
        {
            TranscodingLog.StreamBroke(logger, path, broke.Message);
            return;
        }

        var failure = error is BadHttpRequestException bad ? Explain(bad) : GrpcErrors.Explain(error);
        if (error is not (TranscodingException or RpcException or BadHttpRequestException))
        {
            TranscodingLog.RequestFailed(logger, error, verb, path);
        }

        if (context.Response.HasStarted)
        {
            // Half an answer must not look like a whole one.
            context.Abort();
            return;
        }

        if (error is RpcException rpc)
        {
            _headers.CopyTo(context.Response.Headers, rpc.Trailers);
            if (GrpcErrors.Trailer(rpc, GrpcErrors.RetryTrailer) is { } retry)
            {
                context.Response.Headers.RetryAfter = retry;
            }
        }

        await ErrorBody.SendAsync(context, failure);
    }

    private static TranscodingException NoRoute(HttpContext context, string path, RouteMatch match)
    {
        if (match.Allowed.Count == 0)
        {
            return new TranscodingException(
                404, ErrorTypes.InvalidRequest, $"Unknown request URL: {context.Request.Method} {path}.", code: "unknown_url");
        }

        context.Response.Headers.Allow = string.Join(", ", match.Allowed);
        return new TranscodingException(
            405,
            ErrorTypes.InvalidRequest,
            $"{context.Request.Method} is not allowed for {path}; it takes {string.Join(", ", match.Allowed)}.",
            code: "method_not_allowed");
    }

    private static TranscodingException NothingChosen(IReadOnlyList<BoundCall> calls)
    {
        var names = string.Join(" or ", calls.Select(c => c.Binding.When));
        return TranscodingException.Invalid($"{names}: must be true.", calls[0].Binding.When);
    }

    private TranscodingException TooLarge()
        => new(413, ErrorTypes.InvalidRequest, $"The request body is larger than {_maxBody} bytes.", code: "request_too_large");

    private TranscodingException Explain(BadHttpRequestException error)
        => error.StatusCode == 413 ? TooLarge() : new(error.StatusCode, ErrorTypes.InvalidRequest, error.Message);
}
