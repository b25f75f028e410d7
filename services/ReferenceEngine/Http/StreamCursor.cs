namespace Atropos.ReferenceEngine;

/// <summary>How much of a sequence has been sent.</summary>
/// <param name="Tokens">Tokens sent.</param>
/// <param name="Text">Characters sent.</param>
/// <param name="Announced">Whether the client knows that the choice exists.</param>
/// <param name="First">Whether the chunk being written is the choice's first.</param>
/// <param name="Finished">Whether the end was sent.</param>
internal readonly record struct StreamCursor(int Tokens, int Text, bool Announced, bool First, bool Finished);
