namespace Atropos.ReferenceEngine;

/// <summary>One generated sequence. Stop tokens and the tokens of stop strings are included.</summary>
/// <param name="Index">Its number in the request.</param>
/// <param name="PromptIds">The ids that were the model's input.</param>
/// <param name="OutputIds">The sampled ids.</param>
/// <param name="Logprobs">The log-probability reported for each sampled id.</param>
/// <param name="FinishReason"><c>stop</c>, <c>length</c> or <c>abort</c>.</param>
public sealed record RecordedChoice(
    int Index,
    IReadOnlyList<int> PromptIds,
    IReadOnlyList<int> OutputIds,
    IReadOnlyList<float> Logprobs,
    string FinishReason);
