using Atropos.InferenceRouter.Engines;

namespace Atropos.InferenceRouter.Balancing;

/// <summary>A place at an engine, given back when disposed.</summary>
internal sealed class EngineLease : IDisposable
{
    private readonly EngineBalancer _balancer;
    private int _disposed;

    public EngineLease(Engine engine, EngineBalancer balancer)
    {
        Engine = engine;
        _balancer = balancer;
    }

    public Engine Engine { get; }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _balancer.Release(Engine);
        }
    }
}
