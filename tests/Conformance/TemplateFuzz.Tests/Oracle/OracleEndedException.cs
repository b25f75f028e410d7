namespace Atropos.TemplateFuzz.Tests.Oracle;

/// <summary>The original's process is gone.</summary>
internal sealed class OracleEndedException(string message) : Exception(message);
