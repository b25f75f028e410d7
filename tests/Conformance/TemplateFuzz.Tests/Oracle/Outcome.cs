namespace Atropos.TemplateFuzz.Tests.Oracle;

/// <summary>What became of a case: the text that was rendered, or the message with which it failed.</summary>
internal readonly record struct Outcome(OutcomeKind Kind, string Text);
