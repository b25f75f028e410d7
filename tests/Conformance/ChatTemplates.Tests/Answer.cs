using Atropos.Jinja;

namespace Atropos.ChatTemplates.Tests;

/// <summary>An answer.</summary>
/// <param name="Message">The message.</param>
/// <param name="Words">A word that occurs nowhere else, near the answer's end.</param>
internal sealed record Answer(JinjaDict Message, string Words);
