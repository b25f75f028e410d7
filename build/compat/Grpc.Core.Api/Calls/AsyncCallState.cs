namespace Grpc.Core;

/// <summary>
/// The callbacks of a running call. Both constructor forms of the call types end here: the callbacks of the form
/// with a state are kept as they are, so that a caller can pass static delegates and allocate none per call.
/// </summary>
internal readonly struct AsyncCallState
{
    private readonly object _responseHeaders;
    private readonly object _getStatus;
    private readonly object _getTrailers;
    private readonly object _dispose;
    private readonly object? _state;
    private readonly bool _hasState;

    internal AsyncCallState(Task<Metadata> responseHeaders, Func<Status> getStatus, Func<Metadata> getTrailers, Action dispose)
    {
        _responseHeaders = responseHeaders;
        _getStatus = getStatus;
        _getTrailers = getTrailers;
        _dispose = dispose;
        _state = null;
        _hasState = false;
    }

    internal AsyncCallState(
        Func<object, Task<Metadata>> responseHeaders,
        Func<object, Status> getStatus,
        Func<object, Metadata> getTrailers,
        Action<object> dispose,
        object state)
    {
        _responseHeaders = responseHeaders;
        _getStatus = getStatus;
        _getTrailers = getTrailers;
        _dispose = dispose;
        _state = state;
        _hasState = true;
    }

    internal Task<Metadata> ResponseHeadersAsync =>
        _hasState ? ((Func<object, Task<Metadata>>)_responseHeaders)(_state!) : (Task<Metadata>)_responseHeaders;

    internal Status GetStatus() => _hasState ? ((Func<object, Status>)_getStatus)(_state!) : ((Func<Status>)_getStatus)();

    internal Metadata GetTrailers() =>
        _hasState ? ((Func<object, Metadata>)_getTrailers)(_state!) : ((Func<Metadata>)_getTrailers)();

    internal void Dispose()
    {
        if (_hasState)
        {
            ((Action<object>)_dispose)(_state!);
        }
        else
        {
            ((Action)_dispose)();
        }
    }
}
