namespace Atropos.TokenizerService.Grpc;

/// <summary>
/// When a stream is to end before its client ends it: when the host stops, as soon as no output stream is open on it, and at the
/// latest after the time of grace.
/// </summary>
internal sealed class StreamEnd : IDisposable
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly OutputStrands _outputs;
    private readonly TimeSpan _grace;
    private readonly TimeProvider _timeProvider;
    private readonly CancellationTokenRegistration _registration;
    private ITimer? _timer;
    private volatile bool _isStopping;

    public StreamEnd(OutputStrands outputs, TimeSpan grace, TimeProvider timeProvider, CancellationToken stopping)
    {
        _outputs = outputs;
        _grace = grace;
        _timeProvider = timeProvider;
        _registration = stopping.UnsafeRegister(static end => ((StreamEnd)end!).Stop(), this);
    }

    /// <summary>Completes when the stream is to take no more requests.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Whether the host stops; then no more outputs are opened.</summary>
    public bool IsStopping => _isStopping;

    /// <summary>Ends the stream now.</summary>
    public void End() => _ended.TrySetResult();

    /// <summary>An output stream was closed.</summary>
    public void OutputClosed()
    {
        if (_isStopping && _outputs.IsEmpty)
        {
            End();
        }
    }

    public void Dispose()
    {
        _registration.Dispose();
        _timer?.Dispose();
    }

    private void Stop()
    {
        _isStopping = true;
        if (_outputs.IsEmpty)
        {
            End();
            return;
        }

        _timer = _timeProvider.CreateTimer(static end => ((StreamEnd)end!).End(), this, _grace, Timeout.InfiniteTimeSpan);
    }
}
