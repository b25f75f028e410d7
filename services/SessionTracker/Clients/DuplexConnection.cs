using System.Collections.Concurrent;
using System.Threading.Channels;
using Atropos.Hosting.Errors;
using Atropos.SessionTracker.Errors;
using Grpc.Core;

namespace Atropos.SessionTracker.Clients;

/// <summary>One open duplex stream that carries many calls, told apart by correlation id. Once broken it stays so.</summary>
internal sealed class DuplexConnection<TRequest, TResponse> : IAsyncDisposable
    where TRequest : class
    where TResponse : class
{
    private readonly DuplexProtocol<TRequest, TResponse> _protocol;
    private readonly CancellationTokenSource _closing = new();
    private readonly AsyncDuplexStreamingCall<TRequest, TResponse> _call;
    private readonly ConcurrentDictionary<ulong, IResponseSink<TResponse>> _sinks = new();
    private readonly Channel<TRequest> _outgoing =
        Channel.CreateUnbounded<TRequest>(new UnboundedChannelOptions { SingleReader = true });

    private readonly Task _loops;
    private ulong _lastCorrelationId;
    private Exception? _broken;

    /// <summary>Opens the stream.</summary>
    public DuplexConnection(DuplexProtocol<TRequest, TResponse> protocol)
    {
        _protocol = protocol;
        _call = protocol.Open(new CallOptions(cancellationToken: _closing.Token));
        _loops = Task.WhenAll(Task.Run(WriteLoopAsync), Task.Run(ReadLoopAsync));
    }

    /// <summary>Whether the stream has ended; calls on it fail.</summary>
    public bool IsBroken => Volatile.Read(ref _broken) is not null;

    /// <summary>Gives a call its correlation id. On a broken stream the sink is told so before this returns.</summary>
    public ulong Register(IResponseSink<TResponse> sink)
    {
        var id = Interlocked.Increment(ref _lastCorrelationId);
        _sinks[id] = sink;

        // The stream may have broken between the caller's look at IsBroken and now: whoever removes the sink tells it.
        if (Volatile.Read(ref _broken) is { } reason && _sinks.TryRemove(id, out _))
        {
            sink.OnBroken(reason);
        }

        return id;
    }

    /// <summary>Ends a call: later answers to it are dropped.</summary>
    public void Unregister(ulong correlationId) => _sinks.TryRemove(correlationId, out _);

    /// <summary>Queues a request. On a broken stream it is dropped: its sink has been told.</summary>
    public void Send(ulong correlationId, TRequest request)
    {
        _protocol.SetCorrelationId(request, correlationId);
        _outgoing.Writer.TryWrite(request);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Break(TrackerErrors.Unavailable($"The connection to the {_protocol.Peer} is being closed."));
        await _closing.CancelAsync();
        await _loops;
        _call.Dispose();
        _closing.Dispose();
    }

    private async Task WriteLoopAsync()
    {
        try
        {
            await foreach (var request in _outgoing.Reader.ReadAllAsync(_closing.Token))
            {
                await _call.RequestStream.WriteAsync(request, _closing.Token);
            }
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException or InvalidOperationException or IOException)
        {
            Break(Lost(e), log: true);
        }
    }

    private async Task ReadLoopAsync()
    {
        try
        {
            while (await _call.ResponseStream.MoveNext(_closing.Token))
            {
                var response = _call.ResponseStream.Current;
                if (_sinks.TryGetValue(_protocol.GetCorrelationId(response), out var sink))
                {
                    sink.OnResponse(response);
                }
            }

            Break(TrackerErrors.Unavailable($"The {_protocol.Peer} closed its stream. Try again."), log: true);
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException or InvalidOperationException or IOException)
        {
            Break(Lost(e), log: true);
        }
    }

    private AtroposException Lost(Exception cause)
    {
        var detail = cause is RpcException rpc ? rpc.Status.Detail : cause.Message;
        return TrackerErrors.Unavailable($"The stream to the {_protocol.Peer} broke ({detail}). Try again.");
    }

    private void Break(Exception reason, bool log = false)
    {
        if (Interlocked.CompareExchange(ref _broken, reason, null) is not null)
        {
            return;
        }

        if (log)
        {
            TrackerLog.StreamBroke(_protocol.Logger, _protocol.Peer, reason.Message);
        }

        _outgoing.Writer.TryComplete();
        foreach (var id in _sinks.Keys)
        {
            if (_sinks.TryRemove(id, out var sink))
            {
                sink.OnBroken(reason);
            }
        }
    }
}
