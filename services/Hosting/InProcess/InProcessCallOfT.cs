using Grpc.Core;

namespace Atropos.Hosting.InProcess;

/// <summary>One call: its handler and the queues that its messages go through.</summary>
internal sealed class InProcessCall<TRequest, TResponse> : InProcessCall
    where TRequest : class
    where TResponse : class
{
    private readonly Method<TRequest, TResponse> _method;
    private readonly Delegate? _handler;
    private readonly TRequest? _request;
    private readonly MessageQueue<TRequest>? _requests;
    private readonly MessageQueue<TResponse>? _responses;
    private readonly TaskCompletionSource<TResponse>? _response;
    private TResponse? _returned;

    internal InProcessCall(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options,
        TimeProvider timeProvider,
        Delegate? handler,
        TRequest? request,
        int capacity)
        : base(method, host, options, timeProvider)
    {
        _method = method;
        _handler = handler;
        _request = request;
        _requests = method.Type is MethodType.ClientStreaming or MethodType.DuplexStreaming ? new MessageQueue<TRequest>(capacity) : null;
        if (method.Type is MethodType.ServerStreaming or MethodType.DuplexStreaming)
        {
            _responses = new MessageQueue<TResponse>(capacity);
        }
        else
        {
            _response = new TaskCompletionSource<TResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    internal Task<TResponse> ResponseAsync => _response!.Task;

    internal IClientStreamWriter<TRequest> RequestWriter => new InProcessRequestWriter<TRequest>(this, _requests!);

    internal IAsyncStreamReader<TResponse> ResponseReader => new InProcessResponseReader<TResponse>(this, _responses!);

    protected override async Task InvokeAsync()
    {
        switch (_handler)
        {
            case UnaryServerMethod<TRequest, TResponse> unary:
                _returned = await unary(_request!, this);
                break;
            case ServerStreamingServerMethod<TRequest, TResponse> serverStreaming:
                await serverStreaming(_request!, new InProcessResponseWriter<TResponse>(this, _responses!), this);
                return;
            case ClientStreamingServerMethod<TRequest, TResponse> clientStreaming:
                _returned = await clientStreaming(new InProcessRequestReader<TRequest>(_requests!), this);
                break;
            case DuplexStreamingServerMethod<TRequest, TResponse> duplex:
                await duplex(new InProcessRequestReader<TRequest>(_requests!), new InProcessResponseWriter<TResponse>(this, _responses!), this);
                return;
            case null:
                throw new RpcException(new Status(StatusCode.Unimplemented, $"The method {_method.FullName} is not served in this process."));
            default:
                throw new RpcException(new Status(
                    StatusCode.Internal,
                    $"The method {_method.FullName} is served with other message types or another kind than it is called with."));
        }

        if (_returned is null)
        {
            throw new RpcException(new Status(StatusCode.Cancelled, "No message returned from method."));
        }
    }

    protected override void OnEnd(RpcException? error, bool byHandler)
    {
        if (_response is not null)
        {
            if (error is null)
            {
                _response.TrySetResult(_returned!);
            }
            else if (_response.TrySetException(error))
            {
                // A call that is dropped without a look at its response is no fault of the process.
                _ = _response.Task.Exception;
            }
        }

        if (byHandler)
        {
            // What the handler wrote stays readable, then comes the end.
            _responses?.Complete(error);
            _requests?.Abort(
                new InvalidOperationException("Can't read messages after the request is complete."),
                error ?? (Exception)new InvalidOperationException("Can't write the message because the call is complete."));
        }
        else
        {
            var cancelled = new OperationCanceledException("The call was cancelled by its client or its deadline.");
            _responses?.Abort(error!, cancelled);
            _requests?.Abort(cancelled, error!);
        }
    }
}
