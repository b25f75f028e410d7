namespace Atropos.ChatFormats;

/// <summary>A whole tool call.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">The function's name.</param>
/// <param name="Arguments">The arguments as the model wrote them: JSON, unless the model broke off or erred inside them.</param>
public sealed record ParsedToolCall(string Id, string Name, string Arguments);
