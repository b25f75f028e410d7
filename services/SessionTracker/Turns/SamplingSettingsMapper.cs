using Atropos.Router.V1;
using Atropos.TokenTree.Segments;

namespace Atropos.SessionTracker.Turns;

/// <summary>The sampling parameters that a distribution depends on, with the neutral values that engines are sent for what is unset.</summary>
internal static class SamplingSettingsMapper
{
    /// <summary>Those of a request.</summary>
    public static SamplingSettings From(SamplingParameters sampling) => new()
    {
        Temperature = sampling.HasTemperature ? sampling.Temperature : 1,
        TopP = sampling.HasTopP ? sampling.TopP : 1,
        TopK = sampling is { HasTopK: true, TopK: > 0 } ? sampling.TopK : -1,
        MinP = sampling.MinP,
        Seed = sampling.HasSeed ? sampling.Seed : null,
        PresencePenalty = sampling.PresencePenalty,
        FrequencyPenalty = sampling.FrequencyPenalty,
        RepetitionPenalty = sampling.HasRepetitionPenalty ? sampling.RepetitionPenalty : 1,
        Constrained = sampling.LogitBias.Count > 0 || sampling.ConstraintCase != SamplingParameters.ConstraintOneofCase.None,
    };
}
