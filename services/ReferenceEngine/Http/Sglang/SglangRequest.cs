namespace Atropos.ReferenceEngine;

/// <summary>A request to <c>/generate</c>, checked.</summary>
/// <param name="Model">Which model answers.</param>
/// <param name="Prompts">At least one.</param>
/// <param name="IsList">Whether the answer is a list: several prompts, a list of one, or several choices.</param>
/// <param name="Streams">Whether the client wants events.</param>
internal sealed record SglangRequest(IEngineModel Model, IReadOnlyList<SglangPrompt> Prompts, bool IsList, bool Streams);
