namespace Atropos.ChatFormats;

/// <summary>A tool of the request, as far as parsers need it.</summary>
/// <param name="Name">The function's name.</param>
/// <param name="ParametersJson">The JSON schema of its parameters; null where the request gives none.</param>
public sealed record ToolDefinition(string Name, string? ParametersJson = null);
