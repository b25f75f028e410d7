using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Atropos.TokenTree.Matching;
using Atropos.TokenTree.Segments;

namespace Atropos.TokenTree;

/// <summary>
/// The nodes of one session. Safe for use by many threads: a lock is held for look-ups and for adding nodes, never while text is
/// hashed or tokens are compared. Nodes are only ever added.
/// </summary>
public sealed class SessionTree
{
    private readonly Lock _lock = new();
    private readonly NodeIndex _index = new();
    private readonly Dictionary<string, TurnNode> _byId = new(StringComparer.Ordinal);
    private readonly List<TurnNode> _leaves = [];

    // Only ever appended to, so what a reader took under the lock stays valid.
    private TurnNode[] _nodes = [];
    private int _count;
    private int _turnCount;
    private int _continuityFallbacks;

    /// <summary>Number of turns that have been committed.</summary>
    public int TurnCount => Volatile.Read(ref _turnCount);

    /// <summary>Number of turns whose prompt could not be proven to continue the node that they extend.</summary>
    public int ContinuityFallbacks => Volatile.Read(ref _continuityFallbacks);

    /// <summary>Number of nodes.</summary>
    public int NodeCount => Volatile.Read(ref _count);

    /// <summary>Number of leaves: the nodes that linear export gives.</summary>
    public int LeafCount
    {
        get
        {
            lock (_lock)
            {
                return _leaves.Count;
            }
        }
    }

    /// <summary>Every node at this moment, in the order in which they were made; parents come before what extends them.</summary>
    public IReadOnlyList<TurnNode> Nodes => Snapshot();

    /// <summary>
    /// The nodes that no other extends, at this moment, in linear order: completions of a turn by choice; the first node that
    /// extends another takes its place; further ones go to the end, in the order in which they are made.
    /// </summary>
    public ImmutableArray<TurnNode> Leaves
    {
        get
        {
            lock (_lock)
            {
                return [.. _leaves];
            }
        }
    }

    /// <summary>Finds a node by id.</summary>
    public bool TryFind(string nodeId, [NotNullWhen(true)] out TurnNode? node)
    {
        lock (_lock)
        {
            return _byId.TryGetValue(nodeId, out node);
        }
    }

    /// <summary>
    /// Finds the node that a conversation extends: the one that covers most of its messages. Among equals: the one whose calls have
    /// most of the request's call ids, then a leaf, then the one made last.
    /// </summary>
    public MatchResult Match(Conversation conversation)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        using var matcher = new ConversationMatcher(conversation, _index);
        var node = matcher.Match();
        return new MatchResult(node, node?.MessageCount ?? 0, BranchReason(conversation, node?.MessageCount ?? 0));
    }

    /// <summary>Finds the longest node whose ids are the first of a prompt. Among equals: a leaf, then the one made last.</summary>
    /// <param name="tokenizer">The tokenizer that the ids are of.</param>
    /// <param name="promptIds">The prompt.</param>
    /// <returns>The node; null where none is a prefix.</returns>
    public TurnNode? MatchTokens(string tokenizer, ReadOnlySpan<int> promptIds) =>
        PrefixMatcher.MatchTokens(Snapshot(), tokenizer, promptIds);

    /// <summary>
    /// Finds the longest node whose whole text is the beginning of a prompt. Among equals: the one of more tokens, then a leaf, then
    /// the one made last.
    /// </summary>
    /// <param name="tokenizer">The tokenizer that the prompt will be encoded with.</param>
    /// <param name="prompt">The prompt.</param>
    /// <param name="readText">
    /// Gives the text of all tokens of a node, special tokens included. Asked only for nodes whose parent's text matches and which
    /// have none yet (<see cref="TurnNode.SetFullText"/>).
    /// </param>
    /// <param name="cancellationToken">Cancels the reading of texts.</param>
    /// <returns>The node; null where none is a prefix.</returns>
    public ValueTask<TurnNode?> MatchTextAsync(
        string tokenizer,
        string prompt,
        Func<TurnNode, CancellationToken, ValueTask<string>> readText,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        ArgumentNullException.ThrowIfNull(readText);
        return PrefixMatcher.MatchTextAsync(Snapshot(), tokenizer, prompt, readText, cancellationToken);
    }

    /// <summary>Adds the nodes of a turn: all of them, or none where it throws.</summary>
    /// <returns>The nodes, in the order of the choices.</returns>
    /// <exception cref="ArgumentException">
    /// The turn has no choices, a node id is taken, the parent is not of this tree or cannot be extended, an answer is missing, or a
    /// segment is of the wrong kind.
    /// </exception>
    public ImmutableArray<TurnNode> Commit(TurnCommit turn)
    {
        ArgumentNullException.ThrowIfNull(turn);
        TurnChecks.Check(turn);
        var ends = turn.Choices.Select(choice => turn.Chain?.Append(choice.Answer!)).ToArray();
        lock (_lock)
        {
            CheckPlace(turn);
            var prompt = turn.Chain is { } chain ? _index.SharePrompt(chain.Prompt, turn.Prompt) : turn.Prompt;
            var nodes = ImmutableArray.CreateBuilder<TurnNode>(turn.Choices.Count);
            for (var i = 0; i < turn.Choices.Count; i++)
            {
                nodes.Add(Add(turn, turn.Choices[i], prompt, ends[i]));
            }

            if (turn.Chain is not null)
            {
                _index.Add(turn.Chain, nodes);
            }

            _turnCount++;
            _continuityFallbacks += turn.ContinuityFallback ? 1 : 0;
            return nodes.MoveToImmutable();
        }
    }

    private TurnNode Add(TurnCommit turn, TurnChoice choice, Segment prompt, MessageHash? end)
    {
        var takesParentsPlace = turn.Parent is { IsLeaf: true };
        var slot = takesParentsPlace ? turn.Parent!.Slot : _leaves.Count;
        var node = new TurnNode(turn, choice, prompt, end, _count, slot);
        if (takesParentsPlace)
        {
            _leaves[slot] = node;
        }
        else
        {
            _leaves.Add(node);
        }

        turn.Parent?.CountChild();
        _byId.Add(node.Id, node);
        if (_count == _nodes.Length)
        {
            Array.Resize(ref _nodes, Math.Max(4, _count * 2));
        }

        _nodes[_count++] = node;
        return node;
    }

    private void CheckPlace(TurnCommit turn)
    {
        if (turn.Parent is { } parent && !(_byId.TryGetValue(parent.Id, out var found) && ReferenceEquals(found, parent)))
        {
            throw new ArgumentException($"Turn {turn.TurnId} extends node {parent.Id}, which is not of this session.", nameof(turn));
        }

        foreach (var choice in turn.Choices)
        {
            if (_byId.ContainsKey(choice.NodeId))
            {
                throw new ArgumentException($"Turn {turn.TurnId} makes node {choice.NodeId}, which the session has already.", nameof(turn));
            }
        }
    }

    private ArraySegment<TurnNode> Snapshot()
    {
        lock (_lock)
        {
            return new ArraySegment<TurnNode>(_nodes, 0, _count);
        }
    }

    private string BranchReason(Conversation conversation, int matched)
    {
        var given = -1;
        for (var i = matched; i < conversation.Messages.Count && given < 0; i++)
        {
            given = conversation.Messages[i].IsAssistant ? i : -1;
        }

        if (given < 0)
        {
            return "";
        }

        return matched == 0 && _index.HasOtherRootsThan(conversation.Root)
            ? "tools, template arguments, chat template or tokenizer differ from those of the session's earlier turns"
            : $"message {given} is an assistant message that differs from what was sampled there";
    }
}
