namespace Atropos.TemplateFuzz.Tests.Oracle;

/// <summary>A template and its variables, a JSON object.</summary>
internal sealed record FuzzCase(string Source, string Variables);
