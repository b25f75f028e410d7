using System.Collections.Frozen;
using Atropos.Router.V1;
using Atropos.TokenTree.Segments;
using Google.Protobuf.WellKnownTypes;

namespace Atropos.SessionTracker.Turns;

/// <summary>The sampling parameters that a distribution depends on, with the neutral values that engines are sent for what is unset.</summary>
internal static class SamplingSettingsMapper
{
    // What engines call the constraints that they enforce.
    private static readonly FrozenSet<string> ExtraConstraints = FrozenSet.Create(
        StringComparer.Ordinal,
        "guided_json", "guided_regex", "guided_choice", "guided_grammar", "structured_outputs", "response_format", "bad_words",
        "allowed_token_ids", "json_schema", "regex", "ebnf", "structural_tag");

    /// <summary>Those of a request.</summary>
    /// <param name="sampling">Its sampling parameters.</param>
    /// <param name="extra">Its members for the engine, which may hold constraints in the engine's own names.</param>
    public static SamplingSettings From(SamplingParameters sampling, Struct? extra) => new()
    {
        Temperature = sampling.HasTemperature ? sampling.Temperature : 1,
        TopP = sampling.HasTopP ? sampling.TopP : 1,
        TopK = sampling is { HasTopK: true, TopK: > 0 } ? sampling.TopK : -1,
        MinP = sampling.MinP,
        Seed = sampling.HasSeed ? sampling.Seed : null,
        PresencePenalty = sampling.PresencePenalty,
        FrequencyPenalty = sampling.FrequencyPenalty,
        RepetitionPenalty = sampling.HasRepetitionPenalty ? sampling.RepetitionPenalty : 1,
        Constrained = sampling.LogitBias.Count > 0
            || sampling.ConstraintCase != SamplingParameters.ConstraintOneofCase.None
            || HasConstraint(extra)
            || (extra?.Fields.GetValueOrDefault("sampling_params") is { StructValue: { } ofSglang } && HasConstraint(ofSglang)),
    };

    private static bool HasConstraint(Struct? members) =>
        members is not null
        && members.Fields.Any(member => ExtraConstraints.Contains(member.Key) && member.Value.KindCase != Value.KindOneofCase.NullValue);
}
