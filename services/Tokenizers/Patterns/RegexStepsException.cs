namespace Atropos.Tokenizers.Patterns;

/// <summary>A text makes an expression take more steps than any honest pair of them needs.</summary>
internal sealed class RegexStepsException() : InvalidOperationException("The expression needs too many steps on this text.");
