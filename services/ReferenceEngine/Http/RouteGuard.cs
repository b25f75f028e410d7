using Microsoft.AspNetCore.Http;

namespace Atropos.ReferenceEngine;

/// <summary>Wraps handlers: errors are answered in the dialect's form, and a client that has gone is no error.</summary>
internal static class RouteGuard
{
    public static RequestDelegate Vllm(RequestDelegate handler) => Wrap(handler, VllmErrors.WriteAsync);

    public static RequestDelegate Sglang(RequestDelegate handler) => Wrap(handler, SglangErrors.WriteAsync);

    private static RequestDelegate Wrap(RequestDelegate handler, Func<HttpContext, EngineRequestException, Task> writeError) => async context =>
    {
        try
        {
            await handler(context);
        }
        catch (EngineRequestException exception) when (!context.Response.HasStarted)
        {
            await writeError(context, exception);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Generation has ended and the request is recorded as aborted; there is nobody to tell.
        }
    };
}
