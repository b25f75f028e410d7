namespace Atropos.ReferenceEngine;

/// <summary>What the echo model says for one choice.</summary>
/// <param name="Ids">The tokens, without the one that ends the turn.</param>
/// <param name="EndsByLength">Whether generation ends after them with the reason <c>length</c>, as if a limit had been reached.</param>
internal sealed record EchoScript(int[] Ids, bool EndsByLength);
