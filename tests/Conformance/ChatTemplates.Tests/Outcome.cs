namespace Atropos.ChatTemplates.Tests;

/// <summary>How a conversation fared that was continued turn by turn, and why.</summary>
/// <param name="Kind">How it fared.</param>
/// <param name="Detail">Why.</param>
internal sealed record Outcome(OutcomeKind Kind, string Detail = "");
