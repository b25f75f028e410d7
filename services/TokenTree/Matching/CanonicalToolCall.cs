namespace Atropos.TokenTree.Matching;

/// <summary>A call in an assistant message.</summary>
/// <param name="Id">The call's id; null or empty where there is none.</param>
/// <param name="Name">The function's name.</param>
/// <param name="Arguments">The arguments as JSON text, as the model or the client wrote them.</param>
public sealed record CanonicalToolCall(string? Id, string Name, string Arguments);
