namespace Atropos.ReferenceEngine;

/// <summary>One prompt of a request to <c>/generate</c>, with the settings that apply to it.</summary>
/// <param name="Rid">The id that the client gave, or a generated one.</param>
/// <param name="Ids">The prompt.</param>
/// <param name="Sampling">How to draw.</param>
/// <param name="N">How many choices.</param>
/// <param name="ReturnLogprob">Whether to report log-probabilities.</param>
/// <param name="LogprobStart">The first prompt position to report; -1: none.</param>
/// <param name="TopLogprobs">How many alternatives at each position.</param>
/// <param name="ReturnText">Whether tokens come with their texts.</param>
internal sealed record SglangPrompt(
    string Rid,
    int[] Ids,
    SamplingParameters Sampling,
    int N,
    bool ReturnLogprob,
    int LogprobStart,
    int TopLogprobs,
    bool ReturnText);
