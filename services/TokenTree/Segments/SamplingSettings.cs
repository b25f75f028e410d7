namespace Atropos.TokenTree.Segments;

/// <summary>Sampling parameters that the distribution of a run of tokens depends on, as they were sent to the engine.</summary>
public sealed record SamplingSettings
{
    /// <summary>Every parameter at its neutral value.</summary>
    public static SamplingSettings Neutral { get; } = new();

    /// <summary>Temperature. Default: 1.</summary>
    public float Temperature { get; init; } = 1;

    /// <summary>Nucleus; 1 (the default) is off.</summary>
    public float TopP { get; init; } = 1;

    /// <summary>Likeliest tokens to sample from; -1 (the default) is off.</summary>
    public int TopK { get; init; } = -1;

    /// <summary>Smallest share of the likeliest token's probability; 0 (the default) is off.</summary>
    public float MinP { get; init; }

    /// <summary>Seed, where one was given.</summary>
    public long? Seed { get; init; }

    /// <summary>Presence penalty; 0 (the default) is off.</summary>
    public float PresencePenalty { get; init; }

    /// <summary>Frequency penalty; 0 (the default) is off.</summary>
    public float FrequencyPenalty { get; init; }

    /// <summary>Repetition penalty; 1 (the default) is off.</summary>
    public float RepetitionPenalty { get; init; } = 1;

    /// <summary>Whether logits were biased or the text constrained.</summary>
    public bool Constrained { get; init; }
}
