using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Logging;

namespace Atropos.Hosting.Errors;

/// <summary>
/// The one place where exceptions become statuses. <see cref="RpcException"/> passes; <see cref="AtroposException"/>
/// becomes its status and trailers; cancellation becomes <see cref="StatusCode.Cancelled"/> (or
/// <see cref="StatusCode.DeadlineExceeded"/>) and is no error in the log; anything else is a fault of ours: logged in
/// full, and <see cref="StatusCode.Internal"/> without detail for the caller.
/// </summary>
/// <param name="logger">Where faults are logged.</param>
/// <param name="timeProvider">Clock that tells a passed deadline from a cancellation.</param>
public sealed class ErrorInterceptor(ILogger<ErrorInterceptor> logger, TimeProvider timeProvider) : Interceptor
{
    /// <inheritdoc/>
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            throw Convert(exception, context);
        }
    }

    /// <inheritdoc/>
    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(requestStream, context);
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            throw Convert(exception, context);
        }
    }

    /// <inheritdoc/>
    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            throw Convert(exception, context);
        }
    }

    /// <inheritdoc/>
    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(requestStream, responseStream, context);
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            throw Convert(exception, context);
        }
    }

    private RpcException Convert(Exception exception, ServerCallContext context)
    {
        if (exception is AtroposException known)
        {
            ErrorLog.Refused(logger, context.Method, known.StatusCode, known.Reason, known.Message, known.InnerException);
            return known.ToRpcException();
        }

        // A connection that goes away in mid-read or mid-write is a cancellation too, whatever it throws.
        if (exception is OperationCanceledException || context.CancellationToken.IsCancellationRequested)
        {
            var late = context.Deadline <= timeProvider.GetUtcNow().UtcDateTime;
            var status = late
                ? new Status(StatusCode.DeadlineExceeded, "The deadline of the call has passed.")
                : new Status(StatusCode.Cancelled, "The call was cancelled.");
            ErrorLog.Cancelled(logger, context.Method, status.StatusCode);
            return new RpcException(status);
        }

        ErrorLog.Failed(logger, context.Method, exception);
        return new AtroposException(
            StatusCode.Internal, "INTERNAL", "The server failed in a way that it should not; its log says how.", null, exception)
            .ToRpcException();
    }
}
