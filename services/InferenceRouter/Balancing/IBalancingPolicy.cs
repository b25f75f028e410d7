using Atropos.InferenceRouter.Engines;

namespace Atropos.InferenceRouter.Balancing;

/// <summary>Chooses one engine of those that could serve.</summary>
internal interface IBalancingPolicy
{
    /// <summary>The policy's name in the configuration.</summary>
    string Name { get; }

    /// <summary>Chooses.</summary>
    /// <param name="candidates">Engines that are usable and have room; at least one.</param>
    /// <param name="affinityKey">What requests that should stay together share; empty if nothing.</param>
    Engine Choose(IReadOnlyList<Engine> candidates, string affinityKey);
}
