using System.Collections.Frozen;
using Google.Protobuf.WellKnownTypes;

namespace Atropos.InferenceRouter.Generation;

/// <summary>Constraints on the text that come as further members of the engine's body, in the engines' own names.</summary>
internal static class ExtraConstraints
{
    private static readonly FrozenSet<string> Names = FrozenSet.Create(
        StringComparer.Ordinal,
        "guided_json", "guided_regex", "guided_choice", "guided_grammar", "structured_outputs", "response_format", "bad_words",
        "allowed_token_ids", "json_schema", "regex", "ebnf", "structural_tag");

    /// <summary>Whether there are any, beside the sampling parameters or, as SGLang has them, among them.</summary>
    public static bool AreIn(Struct? extra) =>
        HasAny(extra) || (extra?.Fields.GetValueOrDefault("sampling_params") is { StructValue: { } ofSglang } && HasAny(ofSglang));

    private static bool HasAny(Struct? members) =>
        members is not null && members.Fields.Any(member => Names.Contains(member.Key) && member.Value.KindCase != Value.KindOneofCase.NullValue);
}
