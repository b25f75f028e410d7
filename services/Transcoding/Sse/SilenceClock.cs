namespace Atropos.Transcoding.Sse;

/// <summary>Says when nothing has happened for a while, again and again. One timer a stream, set anew at each wait.</summary>
internal sealed class SilenceClock : IDisposable
{
    private readonly TimeSpan _interval;
    private readonly ITimer _timer;
    private TaskCompletionSource _elapsed = NewSource();

    public SilenceClock(TimeSpan interval, TimeProvider time)
    {
        _interval = interval;
        _timer = time.CreateTimer(static clock => ((SilenceClock)clock!).Elapse(), this, interval, interval);
    }

    /// <summary>Completes at the end of the interval that runs.</summary>
    public Task Elapsed => Volatile.Read(ref _elapsed).Task;

    /// <summary>Starts the interval anew.</summary>
    public void Restart() => _timer.Change(_interval, _interval);

    public void Dispose() => _timer.Dispose();

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Elapse() => Interlocked.Exchange(ref _elapsed, NewSource()).TrySetResult();
}
