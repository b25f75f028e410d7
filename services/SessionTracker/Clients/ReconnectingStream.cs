namespace Atropos.SessionTracker.Clients;

/// <summary>Keeps one duplex stream open, and opens another where it has broken. Safe for concurrent use.</summary>
internal sealed class ReconnectingStream<TRequest, TResponse>(DuplexProtocol<TRequest, TResponse> protocol) : IAsyncDisposable
    where TRequest : class
    where TResponse : class
{
    private readonly Lock _lock = new();
    private DuplexConnection<TRequest, TResponse>? _current;
    private bool _disposed;

    /// <summary>An open connection.</summary>
    /// <exception cref="ObjectDisposedException">This has been disposed.</exception>
    public DuplexConnection<TRequest, TResponse> Connect()
    {
        if (Volatile.Read(ref _current) is { IsBroken: false } open)
        {
            return open;
        }

        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_current is { IsBroken: false } opened)
            {
                return opened;
            }

            // The broken one has ended both its loops or is about to: nobody waits for its disposal.
            _ = _current?.DisposeAsync().AsTask();
            return _current = new DuplexConnection<TRequest, TResponse>(protocol);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        DuplexConnection<TRequest, TResponse>? last;
        lock (_lock)
        {
            _disposed = true;
            last = _current;
            _current = null;
        }

        if (last is not null)
        {
            await last.DisposeAsync();
        }
    }
}
