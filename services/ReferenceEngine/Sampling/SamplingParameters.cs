namespace Atropos.ReferenceEngine;

/// <summary>How tokens are drawn and when to stop, the same for both dialects.</summary>
internal sealed record SamplingParameters
{
    public const double GreedyTemperature = 1e-5;

    public double Temperature { get; init; } = 1;

    public double TopP { get; init; } = 1;

    /// <summary>0 or below: off.</summary>
    public int TopK { get; init; }

    public double MinP { get; init; }

    public double PresencePenalty { get; init; }

    public double FrequencyPenalty { get; init; }

    public double RepetitionPenalty { get; init; } = 1;

    public IReadOnlyDictionary<int, double> LogitBias { get; init; } = new Dictionary<int, double>();

    public int MaxTokens { get; init; }

    public int MinTokens { get; init; }

    public IReadOnlyList<string> Stop { get; init; } = [];

    public IReadOnlyList<int> StopTokenIds { get; init; } = [];

    public bool IgnoreEos { get; init; }

    public bool IncludeStop { get; init; }

    public bool SkipSpecialTokens { get; init; } = true;

    public ulong Seed { get; init; }

    public LogprobKind LogprobKind { get; init; }

    /// <summary>How many alternatives to report at each position; -1: the whole vocabulary.</summary>
    public int TopLogprobs { get; init; }

    public bool IsGreedy => Temperature < GreedyTemperature;

    /// <summary>1 / temperature; greedy decoding reports at temperature 1, as the engines do.</summary>
    public double Exponent => IsGreedy ? 1 : 1 / Temperature;

    public bool ChangesLogits =>
        PresencePenalty != 0 || FrequencyPenalty != 0 || RepetitionPenalty != 1 || LogitBias.Count > 0;

    /// <summary>Whether tokens are drawn from the model's distribution as it is.</summary>
    public bool IsPlain => Temperature == 1 && TopP >= 1 && TopK <= 0 && MinP <= 0 && !ChangesLogits;
}
