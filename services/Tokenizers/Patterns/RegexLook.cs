namespace Atropos.Tokenizers.Patterns;

/// <summary>A program of a look-around or an atomic group.</summary>
/// <param name="Program">Its instructions.</param>
/// <param name="Least">How many code points before the position it starts at least.</param>
/// <param name="Most">How many at most.</param>
internal readonly record struct RegexLook(RegexInstruction[] Program, int Least, int Most);
