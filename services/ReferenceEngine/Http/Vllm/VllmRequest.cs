namespace Atropos.ReferenceEngine;

/// <summary>A request to <c>/v1/completions</c> or <c>/v1/chat/completions</c>, checked.</summary>
internal sealed record VllmRequest
{
    public required string Id { get; init; }

    public required IEngineModel Model { get; init; }

    public required IReadOnlyList<int[]> Prompts { get; init; }

    public required SamplingParameters Sampling { get; init; }

    public int N { get; init; } = 1;

    /// <summary>How many alternatives to report; null: no log-probabilities at all; -1: all.</summary>
    public int? Logprobs { get; init; }

    public int? PromptLogprobs { get; init; }

    public bool ReturnTokenIds { get; init; }

    /// <summary>Whether token texts are written as <c>token_id:N</c>.</summary>
    public bool TokensAsIds { get; init; }

    public bool Echo { get; init; }

    public bool Streams { get; init; }

    public bool IncludeUsage { get; init; }
}
