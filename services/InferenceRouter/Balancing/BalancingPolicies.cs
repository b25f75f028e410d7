namespace Atropos.InferenceRouter.Balancing;

/// <summary>The balancing policies by name.</summary>
internal static class BalancingPolicies
{
    private static readonly Func<IBalancingPolicy>[] All = [() => new LeastInFlightPolicy(), () => new RoundRobinPolicy()];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(make => make().Name)];

    /// <summary>A fresh policy, or null if none has that name.</summary>
    public static IBalancingPolicy? Find(string name) => All.Select(make => make()).FirstOrDefault(policy => policy.Name == name);
}
