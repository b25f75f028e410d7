namespace Atropos.Tokenizers.Patterns;

/// <summary>Something to go back to when a match fails.</summary>
/// <param name="Next">The instruction to go on at; -1 for a register to restore.</param>
/// <param name="Position">The position there; for a register its old value.</param>
/// <param name="Limit">
/// For a run that can give back or take more, the position or the count that it must keep to; for a register its number; else -1.
/// </param>
/// <param name="Lazy">The run that takes one more each time; null when it gives back or there is none.</param>
internal readonly record struct RegexFrame(int Next, int Position, int Limit, RegexInstruction? Lazy);
