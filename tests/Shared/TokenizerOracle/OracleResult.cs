namespace Atropos.TestSupport;

/// <summary>A value, or the message with which the original refused.</summary>
internal readonly record struct OracleResult<T>(T? Value, string? Error)
    where T : class;
