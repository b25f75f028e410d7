using Atropos.InferenceRouter.Engines;

namespace Atropos.InferenceRouter.Balancing;

/// <summary>Takes the engine with the fewest requests, but keeps what shares a prefix together while that engine is not much busier
/// than the others.</summary>
internal sealed class LeastInFlightPolicy : IBalancingPolicy
{
    private const int Slack = 8;
    private int _turn;

    public string Name => "least_in_flight";

    public Engine Choose(IReadOnlyList<Engine> candidates, string affinityKey)
    {
        // Ties go round, or the first engine would get every session that begins while all are idle.
        var start = (int)((uint)Interlocked.Increment(ref _turn) % (uint)candidates.Count);
        var least = candidates[start];
        for (var i = 1; i < candidates.Count; i++)
        {
            var other = candidates[(start + i) % candidates.Count];
            if (other.State.InFlight < least.State.InFlight)
            {
                least = other;
            }
        }

        if (affinityKey.Length == 0)
        {
            return least;
        }

        var home = Home(candidates, affinityKey);
        return home.State.InFlight <= (least.State.InFlight * 5 / 4) + Slack ? home : least;
    }

    // Rendezvous hashing: an engine that goes or comes moves only its own keys.
    private static Engine Home(IReadOnlyList<Engine> candidates, string key)
    {
        var best = candidates[0];
        var bestScore = 0UL;
        foreach (var candidate in candidates)
        {
            var score = StableHash.Of(key, candidate.Id);
            if (score >= bestScore)
            {
                best = candidate;
                bestScore = score;
            }
        }

        return best;
    }
}
