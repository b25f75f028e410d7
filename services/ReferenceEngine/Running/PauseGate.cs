namespace Atropos.ReferenceEngine;

/// <summary>Holds requests back while a trainer changes weights.</summary>
internal sealed class PauseGate
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _resumed;
    private bool _freezesRunning;

    public bool IsPaused
    {
        get
        {
            lock (_lock)
            {
                return _resumed is not null;
            }
        }
    }

    /// <summary>Lets no request start; with <paramref name="freezesRunning"/> those that run sample no more tokens either.</summary>
    public void Pause(bool freezesRunning)
    {
        lock (_lock)
        {
            _resumed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _freezesRunning = freezesRunning;
        }
    }

    public void Resume()
    {
        lock (_lock)
        {
            _resumed?.SetResult();
            _resumed = null;
        }
    }

    public Task WaitAsync(bool isRunning, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _resumed is null || (isRunning && !_freezesRunning) ? Task.CompletedTask : _resumed.Task.WaitAsync(cancellationToken);
        }
    }
}
