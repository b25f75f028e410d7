namespace Atropos.TokenizerService.Grpc;

/// <summary>
/// Bounds what is under way on a stream, from the reading of a request to the writing of its answer: in number, and in
/// <see cref="CallWeight"/>. For one reader; leaving is safe from any thread.
/// </summary>
internal sealed class Admission(int mostCalls, long mostWeight)
{
    private readonly Lock _gate = new();
    private int _calls;
    private long _weight;
    private (long Weight, TaskCompletionSource Done)? _entering;
    private TaskCompletionSource? _empty;

    /// <summary>Enters where there is room; a call that is heavier than all that may be under way enters alone.</summary>
    public bool TryEnter(long weight)
    {
        lock (_gate)
        {
            return TryEnterLocked(weight);
        }
    }

    /// <summary>Enters when there is room.</summary>
    public Task EnterAsync(long weight)
    {
        lock (_gate)
        {
            if (TryEnterLocked(weight))
            {
                return Task.CompletedTask;
            }

            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _entering = (weight, done);
            return done.Task;
        }
    }

    public void Leave(long weight)
    {
        TaskCompletionSource? done = null;
        lock (_gate)
        {
            _calls--;
            _weight -= weight;
            if (_entering is { } entering && TryEnterLocked(entering.Weight))
            {
                _entering = null;
                done = entering.Done;
            }
            else if (_calls == 0)
            {
                done = _empty;
            }
        }

        done?.TrySetResult();
    }

    /// <summary>Completes when everything that has entered has left. Nothing enters any more.</summary>
    public Task EmptyAsync()
    {
        lock (_gate)
        {
            if (_calls == 0)
            {
                return Task.CompletedTask;
            }

            _empty ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _empty.Task;
        }
    }

    private bool TryEnterLocked(long weight)
    {
        if (_calls > 0 && (_calls == mostCalls || _weight + weight > mostWeight))
        {
            return false;
        }

        _calls++;
        _weight += weight;
        return true;
    }
}
