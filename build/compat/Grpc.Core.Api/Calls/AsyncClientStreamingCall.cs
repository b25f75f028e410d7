using System.Runtime.CompilerServices;

namespace Grpc.Core;

/// <summary>A running client streaming call: many requests, one response. Awaiting it gives the response.</summary>
/// <typeparam name="TRequest">Type of the request messages.</typeparam>
/// <typeparam name="TResponse">Type of the response message.</typeparam>
public sealed class AsyncClientStreamingCall<TRequest, TResponse> : IDisposable
{
    private readonly IClientStreamWriter<TRequest> _requestStream;
    private readonly Task<TResponse> _responseAsync;
    private readonly AsyncCallState _callState;

    /// <summary>Creates a call from its parts.</summary>
    /// <param name="requestStream">Where requests are written.</param>
    /// <param name="responseAsync">Completes with the response, or fails with <see cref="RpcException"/>.</param>
    /// <param name="responseHeadersAsync">Completes when the response headers arrive.</param>
    /// <param name="getStatusFunc">Gives the status of the finished call.</param>
    /// <param name="getTrailersFunc">Gives the trailers of the finished call.</param>
    /// <param name="disposeAction">Ends the call and frees what it holds.</param>
    public AsyncClientStreamingCall(
        IClientStreamWriter<TRequest> requestStream,
        Task<TResponse> responseAsync,
        Task<Metadata> responseHeadersAsync,
        Func<Status> getStatusFunc,
        Func<Metadata> getTrailersFunc,
        Action disposeAction)
    {
        _requestStream = requestStream;
        _responseAsync = responseAsync;
        _callState = new AsyncCallState(responseHeadersAsync, getStatusFunc, getTrailersFunc, disposeAction);
    }

    /// <summary>Creates a call from its parts; each callback is given <paramref name="state"/>.</summary>
    /// <param name="requestStream">Where requests are written.</param>
    /// <param name="responseAsync">Completes with the response, or fails with <see cref="RpcException"/>.</param>
    /// <param name="responseHeadersAsync">Gives a task that completes when the response headers arrive.</param>
    /// <param name="getStatusFunc">Gives the status of the finished call.</param>
    /// <param name="getTrailersFunc">Gives the trailers of the finished call.</param>
    /// <param name="disposeAction">Ends the call and frees what it holds.</param>
    /// <param name="state">Handed to every callback.</param>
    public AsyncClientStreamingCall(
        IClientStreamWriter<TRequest> requestStream,
        Task<TResponse> responseAsync,
        Func<object, Task<Metadata>> responseHeadersAsync,
        Func<object, Status> getStatusFunc,
        Func<object, Metadata> getTrailersFunc,
        Action<object> disposeAction,
        object state)
    {
        _requestStream = requestStream;
        _responseAsync = responseAsync;
        _callState = new AsyncCallState(responseHeadersAsync, getStatusFunc, getTrailersFunc, disposeAction, state);
    }

    /// <summary>Completes with the response message, or fails with <see cref="RpcException"/>.</summary>
    public Task<TResponse> ResponseAsync => _responseAsync;

    /// <summary>Completes with the response headers.</summary>
    public Task<Metadata> ResponseHeadersAsync => _callState.ResponseHeadersAsync;

    /// <summary>Where requests are written.</summary>
    public IClientStreamWriter<TRequest> RequestStream => _requestStream;

    /// <summary>Allows to await the call itself.</summary>
    /// <returns>The awaiter of <see cref="ResponseAsync"/>.</returns>
    public TaskAwaiter<TResponse> GetAwaiter() => _responseAsync.GetAwaiter();

    /// <summary>Configures how awaiting the call continues.</summary>
    /// <param name="continueOnCapturedContext">Whether to go back to the captured context.</param>
    /// <returns>The configured awaitable of <see cref="ResponseAsync"/>.</returns>
    public ConfiguredTaskAwaitable<TResponse> ConfigureAwait(bool continueOnCapturedContext) =>
        _responseAsync.ConfigureAwait(continueOnCapturedContext);

    /// <summary>Gets the status of the call.</summary>
    /// <returns>The status.</returns>
    /// <exception cref="InvalidOperationException">The call has not finished.</exception>
    public Status GetStatus() => _callState.GetStatus();

    /// <summary>Gets the trailers of the call.</summary>
    /// <returns>The trailers.</returns>
    /// <exception cref="InvalidOperationException">The call has not finished.</exception>
    public Metadata GetTrailers() => _callState.GetTrailers();

    /// <summary>Ends the call: a call that is still running is cancelled; after a finished one nothing happens.</summary>
    public void Dispose() => _callState.Dispose();
}
