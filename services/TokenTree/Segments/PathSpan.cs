namespace Atropos.TokenTree.Segments;

/// <summary>A run of sampled tokens on the path of a node.</summary>
/// <param name="Start">Position of the first token in the node's tokens.</param>
/// <param name="End">Position after the last token in the node's tokens.</param>
/// <param name="Node">The node on the path whose completion the run belongs to.</param>
/// <param name="Part">Who sampled it and how; its own positions are those within the completion.</param>
public readonly record struct PathSpan(int Start, int End, TurnNode Node, SampledPart Part);
