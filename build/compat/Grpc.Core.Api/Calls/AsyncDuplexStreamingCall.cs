namespace Grpc.Core;

/// <summary>A running bidirectional streaming call: many requests, many responses.</summary>
/// <typeparam name="TRequest">Type of the request messages.</typeparam>
/// <typeparam name="TResponse">Type of the response messages.</typeparam>
public sealed class AsyncDuplexStreamingCall<TRequest, TResponse> : IDisposable
{
    private readonly IClientStreamWriter<TRequest> _requestStream;
    private readonly IAsyncStreamReader<TResponse> _responseStream;
    private readonly AsyncCallState _callState;

    /// <summary>Creates a call from its parts.</summary>
    /// <param name="requestStream">Where requests are written.</param>
    /// <param name="responseStream">Where responses are read.</param>
    /// <param name="responseHeadersAsync">Completes when the response headers arrive.</param>
    /// <param name="getStatusFunc">Gives the status of the finished call.</param>
    /// <param name="getTrailersFunc">Gives the trailers of the finished call.</param>
    /// <param name="disposeAction">Ends the call and frees what it holds.</param>
    public AsyncDuplexStreamingCall(
        IClientStreamWriter<TRequest> requestStream,
        IAsyncStreamReader<TResponse> responseStream,
        Task<Metadata> responseHeadersAsync,
        Func<Status> getStatusFunc,
        Func<Metadata> getTrailersFunc,
        Action disposeAction)
    {
        _requestStream = requestStream;
        _responseStream = responseStream;
        _callState = new AsyncCallState(responseHeadersAsync, getStatusFunc, getTrailersFunc, disposeAction);
    }

    /// <summary>Creates a call from its parts; each callback is given <paramref name="state"/>.</summary>
    /// <param name="requestStream">Where requests are written.</param>
    /// <param name="responseStream">Where responses are read.</param>
    /// <param name="responseHeadersAsync">Gives a task that completes when the response headers arrive.</param>
    /// <param name="getStatusFunc">Gives the status of the finished call.</param>
    /// <param name="getTrailersFunc">Gives the trailers of the finished call.</param>
    /// <param name="disposeAction">Ends the call and frees what it holds.</param>
    /// <param name="state">Handed to every callback.</param>
    public AsyncDuplexStreamingCall(
        IClientStreamWriter<TRequest> requestStream,
        IAsyncStreamReader<TResponse> responseStream,
        Func<object, Task<Metadata>> responseHeadersAsync,
        Func<object, Status> getStatusFunc,
        Func<object, Metadata> getTrailersFunc,
        Action<object> disposeAction,
        object state)
    {
        _requestStream = requestStream;
        _responseStream = responseStream;
        _callState = new AsyncCallState(responseHeadersAsync, getStatusFunc, getTrailersFunc, disposeAction, state);
    }

    /// <summary>Where responses are read.</summary>
    public IAsyncStreamReader<TResponse> ResponseStream => _responseStream;

    /// <summary>Where requests are written.</summary>
    public IClientStreamWriter<TRequest> RequestStream => _requestStream;

    /// <summary>Completes with the response headers.</summary>
    public Task<Metadata> ResponseHeadersAsync => _callState.ResponseHeadersAsync;

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
