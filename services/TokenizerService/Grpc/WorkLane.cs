namespace Atropos.TokenizerService.Grpc;

/// <summary>Carries out work, in the order of its arrival, on at most so many threads at once, and on none where there is none.</summary>
/// <param name="mostThreads">Most threads at once.</param>
/// <param name="ownThreads">Whether they are threads of its own, and not the pool's: for work that takes long.</param>
/// <param name="carryOut">Does the work; throws nothing.</param>
internal sealed class WorkLane<T>(int mostThreads, bool ownThreads, Action<T> carryOut)
{
    private readonly Lock _gate = new();
    private readonly Queue<T> _waiting = new();
    private int _threads;

    public void Post(T work)
    {
        lock (_gate)
        {
            _waiting.Enqueue(work);
            if (_threads == mostThreads)
            {
                return;
            }

            _threads++;
        }

        if (ownThreads)
        {
            new Thread(RunAll) { IsBackground = true, Name = "Tokenizer" }.Start();
        }
        else
        {
            Continue();
        }
    }

    private void Continue() => ThreadPool.UnsafeQueueUserWorkItem(static lane => lane.RunOne(), this, preferLocal: false);

    private void RunAll()
    {
        while (TryTake(out var work))
        {
            carryOut(work);
        }
    }

    private void RunOne()
    {
        if (TryTake(out var work))
        {
            carryOut(work);

            // To the end of the pool's queue: what came in meanwhile, such as the next reads, comes first.
            Continue();
        }
    }

    private bool TryTake(out T work)
    {
        lock (_gate)
        {
            if (_waiting.TryDequeue(out work!))
            {
                return true;
            }

            _threads--;
            return false;
        }
    }
}
