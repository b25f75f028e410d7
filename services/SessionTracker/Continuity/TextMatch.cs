using Atropos.TokenTree.Segments;

namespace Atropos.SessionTracker.Continuity;

/// <summary>A node whose text is the beginning of a prompt.</summary>
/// <param name="Node">The node.</param>
/// <param name="TextLength">How much of the prompt it covers, in UTF-16 code units.</param>
internal readonly record struct TextMatch(TurnNode Node, int TextLength)
{
    /// <summary>Whether to extend this one rather than another: the longer; then that of more tokens, a leaf, the one made last.</summary>
    public bool IsBetterThan(TextMatch other)
    {
        if (TextLength != other.TextLength)
        {
            return TextLength > other.TextLength;
        }

        if (Node.TokenCount != other.Node.TokenCount)
        {
            return Node.TokenCount > other.Node.TokenCount;
        }

        var isLeaf = Node.IsLeaf;
        return isLeaf == other.Node.IsLeaf ? Node.Index > other.Node.Index : isLeaf;
    }
}
