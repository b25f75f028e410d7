using Atropos.Jinja;

namespace Atropos.ChatTemplates.Tests;

/// <summary>One turn.</summary>
/// <param name="Given">The new messages.</param>
/// <param name="Answer">What the model answers; null in the last turn.</param>
internal sealed record Turn(IReadOnlyList<JinjaDict> Given, Answer? Answer);
