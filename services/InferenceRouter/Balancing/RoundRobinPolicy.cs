using Atropos.InferenceRouter.Engines;

namespace Atropos.InferenceRouter.Balancing;

/// <summary>Takes the engines in turn, whatever they have under way.</summary>
internal sealed class RoundRobinPolicy : IBalancingPolicy
{
    private int _turn = -1;

    public string Name => "round_robin";

    public Engine Choose(IReadOnlyList<Engine> candidates, string affinityKey) =>
        candidates[(int)((uint)Interlocked.Increment(ref _turn) % (uint)candidates.Count)];
}
