using Grpc.Core;

namespace Atropos.Hosting.InProcess;

/// <summary>
/// Makes calls to services in this process, without sockets or serialization. Everything else is as over the wire:
/// headers and trailers, deadlines, cancellation, statuses (a handler that throws anything but
/// <see cref="RpcException"/> ends with <see cref="StatusCode.Unknown"/>), server interceptors, back-pressure.
/// </summary>
/// <remarks>
/// Messages are passed by reference: the receiver has the very object that was sent. Neither side may change a message
/// after it was sent or received. A handler runs on the thread pool, not on the caller's thread, and sees the
/// caller's execution context (so that traces connect). Call credentials are refused.
/// </remarks>
public sealed class InProcessCallInvoker : CallInvoker
{
    /// <summary>Default number of messages that wait in a stream before a write has to wait for the reader.</summary>
    public const int DefaultStreamCapacity = 16;

    private readonly InProcessServices _services;
    private readonly TimeProvider _timeProvider;
    private readonly int _streamCapacity;

    /// <summary>Creates an invoker.</summary>
    /// <param name="services">What can be called.</param>
    /// <param name="timeProvider">Clock of the deadlines; null for the system's.</param>
    /// <param name="streamCapacity">Number of messages that wait in a stream before a write has to wait for the reader.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="streamCapacity"/> is less than 1.</exception>
    public InProcessCallInvoker(InProcessServices services, TimeProvider? timeProvider = null, int streamCapacity = DefaultStreamCapacity)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentOutOfRangeException.ThrowIfLessThan(streamCapacity, 1);
        _services = services;
        _timeProvider = timeProvider ?? TimeProvider.System;
        _streamCapacity = streamCapacity;
    }

    /// <inheritdoc/>
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        using var call = AsyncUnaryCall(method, host, options, request);
        return call.GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var call = Start(method, host, options, request);
        return new AsyncUnaryCall<TResponse>(
            call.ResponseAsync, CallFunctions.Headers, CallFunctions.Status, CallFunctions.Trailers, CallFunctions.Dispose, call);
    }

    /// <inheritdoc/>
    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var call = Start(method, host, options, request);
        return new AsyncServerStreamingCall<TResponse>(
            call.ResponseReader, CallFunctions.Headers, CallFunctions.Status, CallFunctions.Trailers, CallFunctions.Dispose, call);
    }

    /// <inheritdoc/>
    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        var call = Start(method, host, options, null);
        return new AsyncClientStreamingCall<TRequest, TResponse>(
            call.RequestWriter,
            call.ResponseAsync,
            CallFunctions.Headers,
            CallFunctions.Status,
            CallFunctions.Trailers,
            CallFunctions.Dispose,
            call);
    }

    /// <inheritdoc/>
    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        var call = Start(method, host, options, null);
        return new AsyncDuplexStreamingCall<TRequest, TResponse>(
            call.RequestWriter,
            call.ResponseReader,
            CallFunctions.Headers,
            CallFunctions.Status,
            CallFunctions.Trailers,
            CallFunctions.Dispose,
            call);
    }

    private InProcessCall<TRequest, TResponse> Start<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest? request)
        where TRequest : class
        where TResponse : class
    {
        ArgumentNullException.ThrowIfNull(method);
        if (options.Credentials is not null)
        {
            throw new NotSupportedException("An in-process call takes no call credentials; send what they add as headers.");
        }

        var handler = _services.Find(method.FullName);
        var call = new InProcessCall<TRequest, TResponse>(method, host, options, _timeProvider, handler, request, _streamCapacity);
        call.Start();
        return call;
    }

    // Static delegates with the call as state: none is allocated per call.
    private static class CallFunctions
    {
        internal static readonly Func<object, Task<Metadata>> Headers = static call => ((InProcessCall)call).ResponseHeadersAsync;
        internal static readonly Func<object, Status> Status = static call => ((InProcessCall)call).FinalStatus;
        internal static readonly Func<object, Metadata> Trailers = static call => ((InProcessCall)call).FinalTrailers;
        internal static readonly Action<object> Dispose = static call => ((InProcessCall)call).EndByClient("gRPC call disposed.");
    }
}
