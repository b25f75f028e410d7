using Atropos.Sessions.V1;
using Atropos.TokenTree.Segments;

namespace Atropos.SessionTracker;

/// <summary>Sampling parameters of a span as nodes show them and records keep them.</summary>
internal static class SpanSamplingMapper
{
    public static SpanSampling From(SamplingSettings sampling)
    {
        var mapped = new SpanSampling
        {
            Temperature = sampling.Temperature,
            TopP = sampling.TopP,
            TopK = sampling.TopK,
            MinP = sampling.MinP,
            PresencePenalty = sampling.PresencePenalty,
            FrequencyPenalty = sampling.FrequencyPenalty,
            RepetitionPenalty = sampling.RepetitionPenalty,
            Constrained = sampling.Constrained,
        };
        if (sampling.Seed is { } seed)
        {
            mapped.Seed = seed;
        }

        return mapped;
    }
}
