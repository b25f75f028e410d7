namespace Atropos.SessionTracker.Requests;

/// <summary>One prompt of a plain completion: either text or ids.</summary>
/// <param name="Text">The text; null where ids were given.</param>
/// <param name="TokenIds">The ids; null where text was given.</param>
/// <param name="Field">Where it stands in the request, for error messages.</param>
internal sealed record CompletionInput(string? Text, int[]? TokenIds, string Field);
