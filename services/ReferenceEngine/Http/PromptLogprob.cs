namespace Atropos.ReferenceEngine;

/// <summary>How probable one token of a prompt was after the tokens before it.</summary>
/// <param name="Id">The token.</param>
/// <param name="Logprob">In the model's own distribution.</param>
/// <param name="Rank">1 for the most probable token.</param>
/// <param name="Top">The best alternatives, best first.</param>
internal sealed record PromptLogprob(int Id, float Logprob, int Rank, SampledToken[] Top);
