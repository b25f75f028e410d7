using Atropos.TokenTree.Segments;

namespace Atropos.TokenTree.Matching;

/// <summary>What a request extends.</summary>
/// <param name="Node">The node; null where the request begins anew.</param>
/// <param name="MessageCount">How many of the request's messages the node covers; 0 without a node.</param>
/// <param name="BranchReason">
/// Why no node, or none further on, is extended although the request has answers in it; empty where there is nothing to explain.
/// </param>
public sealed record MatchResult(TurnNode? Node, int MessageCount, string BranchReason);
