namespace Atropos.ReferenceEngine;

/// <summary>A token and the log-probability that is reported for it.</summary>
internal readonly record struct SampledToken(int Id, float Logprob);
