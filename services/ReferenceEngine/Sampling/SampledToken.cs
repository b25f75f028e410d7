namespace Atropos.ReferenceEngine;

/// <summary>A token and the log-probability that is reported for it.</summary>
internal readonly record struct SampledToken(int Id, float Logprob)
{
    /// <summary>What vLLM writes for minus infinity, which JSON cannot hold.</summary>
    private const double LowestLogprob = -9999;

    public static SampledToken Of(int id, double probability) => new(id, (float)Math.Max(Math.Log(probability), LowestLogprob));
}
