namespace Atropos.SessionTracker.Stores;

/// <summary>What follows from a session's turns without reading them.</summary>
/// <param name="Turns">Number of turns.</param>
/// <param name="Leaves">Number of nodes that no other extends.</param>
/// <param name="ContinuityFallbacks">Turns whose prompt was rendered anew.</param>
/// <param name="LastTurnAt">Unix seconds of the last turn; null where there is none.</param>
internal readonly record struct TurnTotals(int Turns, int Leaves, int ContinuityFallbacks, double? LastTurnAt);
