using Atropos.Router.V1;

namespace Atropos.SessionTracker.Turns;

/// <summary>The likeliest tokens at a position.</summary>
internal static class TopTokens
{
    /// <summary>Orders them, likeliest first, whatever order the engine had. Ties keep the engine's.</summary>
    public static IEnumerable<(int Id, float Logprob)> LikeliestFirst(TopLogprobs? top) =>
        top is null ? [] : top.TokenIds.Zip(top.Logprobs).OrderByDescending(entry => entry.Second);
}
