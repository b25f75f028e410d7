namespace Atropos.InferenceRouter.Engines;

/// <summary>What an engine tells of itself when asked.</summary>
/// <param name="WeightVersion">Null where it does not tell.</param>
/// <param name="MaxModelLen">0 where it does not tell.</param>
internal readonly record struct EngineFacts(string? WeightVersion, int MaxModelLen);
