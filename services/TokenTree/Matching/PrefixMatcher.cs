using Atropos.TokenTree.Segments;

namespace Atropos.TokenTree.Matching;

/// <summary>
/// Finds the longest node that a plain prompt begins with. Nodes come parents first, so that each run of tokens or text is compared
/// once, however many nodes share it.
/// </summary>
internal static class PrefixMatcher
{
    public static TurnNode? MatchTokens(ArraySegment<TurnNode> nodes, string tokenizer, ReadOnlySpan<int> promptIds)
    {
        var matches = new bool[nodes.Count];
        TurnNode? best = null;
        foreach (var node in nodes)
        {
            if (node.Tokenizer != tokenizer || (node.Parent is { } parent && !matches[parent.Index]) || !node.OwnTokensMatch(promptIds))
            {
                continue;
            }

            matches[node.Index] = true;
            if (node is { TokenCount: > 0, CanBeExtended: true }
                && (best is null || IsBetter(node, node.TokenCount, best, best.TokenCount)))
            {
                best = node;
            }
        }

        return best;
    }

    public static async ValueTask<TurnNode?> MatchTextAsync(
        ArraySegment<TurnNode> nodes,
        string tokenizer,
        string prompt,
        Func<TurnNode, CancellationToken, ValueTask<string>> readText,
        CancellationToken cancellationToken)
    {
        var matches = new bool[nodes.Count];
        TurnNode? best = null;
        foreach (var node in nodes)
        {
            if (node.Tokenizer != tokenizer || !CanMatch(node, matches))
            {
                continue;
            }

            if (!node.HasText)
            {
                node.SetFullText(await readText(node, cancellationToken));
            }

            if (!node.TextIsPrefixOf(prompt, node.Parent is { } parent && matches[parent.Index]))
            {
                continue;
            }

            matches[node.Index] = true;
            if (node is { TextLength: > 0, CanBeExtended: true }
                && (best is null || IsBetter(node, node.TextLength, best, best.TextLength)))
            {
                best = node;
            }
        }

        return best;
    }

    private static bool CanMatch(TurnNode node, bool[] matches) =>
        node.Parent is not { } parent || matches[parent.Index] || (parent.HasText && parent.TextEndsInReplacement);

    private static bool IsBetter(TurnNode node, int length, TurnNode best, int bestLength)
    {
        if (length != bestLength)
        {
            return length > bestLength;
        }

        if (node.TokenCount != best.TokenCount)
        {
            return node.TokenCount > best.TokenCount;
        }

        var isLeaf = node.IsLeaf;
        return isLeaf == best.IsLeaf ? node.Index > best.Index : isLeaf;
    }
}
