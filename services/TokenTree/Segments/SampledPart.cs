namespace Atropos.TokenTree.Segments;

/// <summary>The part of a completion that one engine sampled with one version of its weights.</summary>
public sealed record SampledPart
{
    /// <summary>Position of the first token in the segment.</summary>
    public required int Start { get; init; }

    /// <summary>Position after the last token in the segment; equal to <see cref="Start"/> for an empty part.</summary>
    public required int End { get; init; }

    /// <summary>The engine.</summary>
    public string EngineId { get; init; } = "";

    /// <summary>The id under which the engine knew the request.</summary>
    public string EngineRequestId { get; init; } = "";

    /// <summary>The version of the engine's weights; empty if unknown.</summary>
    public string WeightVersion { get; init; } = "";

    /// <summary>Which distribution the log-probabilities are of.</summary>
    public SampledLogprobKind LogprobKind { get; init; }

    /// <summary>How the tokens were sampled.</summary>
    public SamplingSettings Sampling { get; init; } = SamplingSettings.Neutral;
}
