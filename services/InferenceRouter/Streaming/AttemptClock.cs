using Atropos.InferenceRouter.Engines;
using Atropos.InferenceRouter.Errors;
using Grpc.Core;

namespace Atropos.InferenceRouter.Streaming;

/// <summary>Ends an attempt that takes too long in all, or whose engine has gone silent.</summary>
internal sealed class AttemptClock : IDisposable
{
    private readonly EngineModel _engine;
    private readonly CancellationTokenSource _total;
    private readonly CancellationTokenSource? _idle;
    private readonly CancellationTokenSource _linked;

    public AttemptClock(EngineModel engine, bool watchSilence, TimeProvider time, CancellationToken caller)
    {
        _engine = engine;
        _total = new CancellationTokenSource(engine.Timeout, time);
        _idle = watchSilence ? new CancellationTokenSource(Timeout.InfiniteTimeSpan, time) : null;
        _linked = CancellationTokenSource.CreateLinkedTokenSource(caller, _total.Token, _idle?.Token ?? CancellationToken.None);
    }

    public CancellationToken Token => _linked.Token;

    /// <summary>Begins to watch for silence: something is read from the engine.</summary>
    public void Listen() => _idle?.CancelAfter(_engine.IdleTimeout);

    /// <summary>Notes that the engine has sent something. Until the next read its silence is ours, not the engine's.</summary>
    public void Heard() => _idle?.CancelAfter(Timeout.InfiniteTimeSpan);

    /// <summary>What the end of <see cref="Token"/> means, where it was not the caller who ended it.</summary>
    public GenerationException Explain(OperationCanceledException failure) => _total.IsCancellationRequested
        ? new GenerationException(
            StatusCode.DeadlineExceeded,
            Reasons.EngineTimeout,
            $"engine {_engine.Id} did not finish within {_engine.Timeout.TotalSeconds} s (its timeout)",
            failure)
        : GenerationException.Died(
            Reasons.EngineSilent, $"engine {_engine.Id} sent nothing for {_engine.IdleTimeout.TotalSeconds} s (its idle_timeout)", failure);

    public void Dispose()
    {
        _linked.Dispose();
        _idle?.Dispose();
        _total.Dispose();
    }
}
