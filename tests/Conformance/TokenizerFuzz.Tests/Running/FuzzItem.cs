namespace Atropos.TokenizerFuzz.Tests.Running;

/// <summary>One thing to encode; <c>Pair</c> is null where there is one text only.</summary>
internal readonly record struct FuzzItem(string Text, string? Pair, bool Special);
