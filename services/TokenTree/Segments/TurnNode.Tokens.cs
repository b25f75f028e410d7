namespace Atropos.TokenTree.Segments;

public sealed partial class TurnNode
{
    /// <summary>The token id that masks a token in <see cref="CopyMaskedTokens"/>.</summary>
    public const int MaskedToken = -100;

    /// <summary>The number that stands in <see cref="CopyLogprobs"/> where a token was given.</summary>
    public const float GivenLogprob = 1.0f;

    /// <summary>Copies the ids of the whole path.</summary>
    /// <param name="destination">Takes <see cref="TokenCount"/> ids.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public void CopyTokens(Span<int> destination)
    {
        CheckRoom(destination);
        var end = TokenCount;
        for (var node = this; node is not null; node = node.Parent)
        {
            end -= node.Completion.Length;
            node.Completion.TokenIds.CopyTo(destination[end..]);
            end -= node.Prompt.Length;
            node.Prompt.TokenIds.CopyTo(destination[end..]);
        }
    }

    /// <summary>
    /// Copies the loss mask of the whole path: the id where it was sampled, <see cref="MaskedToken"/> where it was given.
    /// Tokens of an untracked completion count as given.
    /// </summary>
    /// <param name="destination">Takes <see cref="TokenCount"/> values.</param>
    /// <param name="trains">Which nodes' completions to train on; null for all.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public void CopyMaskedTokens(Span<int> destination, Predicate<TurnNode>? trains = null)
    {
        CheckRoom(destination);
        var end = TokenCount;
        for (var node = this; node is not null; node = node.Parent)
        {
            end -= node.Completion.Length;
            var own = destination.Slice(end, node.Completion.Length);
            if (node.Completion.Tracked && (trains is null || trains(node)))
            {
                node.Completion.TokenIds.CopyTo(own);
            }
            else
            {
                own.Fill(MaskedToken);
            }

            end -= node.Prompt.Length;
            destination.Slice(end, node.Prompt.Length).Fill(MaskedToken);
        }
    }

    /// <summary>
    /// Copies the log-probabilities of the whole path, bit for bit as the engines reported them; <see cref="GivenLogprob"/> where a
    /// token was given. Tokens of an untracked completion count as given.
    /// </summary>
    /// <param name="destination">Takes <see cref="TokenCount"/> values.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public void CopyLogprobs(Span<float> destination)
    {
        CheckRoom(destination);
        var end = TokenCount;
        for (var node = this; node is not null; node = node.Parent)
        {
            end -= node.Completion.Length;
            var own = destination.Slice(end, node.Completion.Length);
            if (node.Completion.Tracked)
            {
                node.Completion.Logprobs.CopyTo(own);
            }
            else
            {
                own.Fill(GivenLogprob);
            }

            end -= node.Prompt.Length;
            destination.Slice(end, node.Prompt.Length).Fill(GivenLogprob);
        }
    }

    /// <summary>Gives the last ids of the path, oldest first.</summary>
    /// <param name="count">Most ids to give; fewer where the path is shorter.</param>
    public int[] LastTokenIds(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var ids = new int[Math.Min(count, TokenCount)];
        var end = ids.Length;
        for (var node = this; node is not null && end > 0; node = node.Parent)
        {
            end -= CopyTail(node.Completion.TokenIds, ids.AsSpan(0, end));
            end -= CopyTail(node.Prompt.TokenIds, ids.AsSpan(0, end));
        }

        return ids;
    }

    /// <summary>Gives the sampled runs of tokens on the path, in order. Empty runs are left out.</summary>
    public IReadOnlyList<PathSpan> Spans()
    {
        var spans = new List<PathSpan>();
        foreach (var node in Path())
        {
            var start = node.TokenCount - node.Completion.Length;
            foreach (var part in node.Completion.Parts)
            {
                if (part.End > part.Start)
                {
                    spans.Add(new PathSpan(start + part.Start, start + part.End, node, part));
                }
            }
        }

        return spans;
    }

    /// <summary>Gives the nodes of the path, root first, this node last.</summary>
    public IReadOnlyList<TurnNode> Path()
    {
        var path = new TurnNode[TurnCount];
        for (var node = this; node is not null; node = node.Parent)
        {
            path[node.TurnCount - 1] = node;
        }

        return path;
    }

    /// <summary>Whether the ids of the path are the first of <paramref name="tokenIds"/>, compared one by one.</summary>
    public bool IsPrefixOf(ReadOnlySpan<int> tokenIds)
    {
        if (tokenIds.Length < TokenCount)
        {
            return false;
        }

        for (var node = this; node is not null; node = node.Parent)
        {
            if (!node.OwnTokensMatch(tokenIds))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether this turn's own ids stand where they belong in <paramref name="tokenIds"/>, given that the parent's do.</summary>
    internal bool OwnTokensMatch(ReadOnlySpan<int> tokenIds)
    {
        if (tokenIds.Length < TokenCount)
        {
            return false;
        }

        var completionStart = TokenCount - Completion.Length;
        return tokenIds[completionStart..TokenCount].SequenceEqual(Completion.TokenIds)
            && tokenIds[(completionStart - Prompt.Length)..completionStart].SequenceEqual(Prompt.TokenIds);
    }

    private static int CopyTail(ReadOnlySpan<int> source, Span<int> destination)
    {
        var count = Math.Min(source.Length, destination.Length);
        source[^count..].CopyTo(destination[^count..]);
        return count;
    }

    private void CheckRoom<T>(Span<T> destination)
    {
        if (destination.Length < TokenCount)
        {
            throw new ArgumentException(
                $"The destination has room for {destination.Length} of the node's {TokenCount} tokens.", nameof(destination));
        }
    }
}
