using Atropos.Router.V1;

namespace Atropos.InferenceRouter.Dialects;

/// <summary>Something that an engine said, in the same form for every dialect. One of the first four is set, or none where the engine only
/// named its version.</summary>
internal readonly record struct EngineEvent
{
    public SampledTokens? Sampled { get; init; }

    public CompletionFinished? Finished { get; init; }

    public PromptLogprobs? PromptLogprobs { get; init; }

    public GenerationUsage? Usage { get; init; }

    /// <summary>The version of the weights that the engine names with it; null where it names none.</summary>
    public string? WeightVersion { get; init; }
}
