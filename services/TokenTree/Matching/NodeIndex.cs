using System.Collections.Immutable;
using Atropos.TokenTree.Segments;

namespace Atropos.TokenTree.Matching;

/// <summary>Finds nodes by the hash of the conversation that they end. Locks for the length of one look-up.</summary>
internal sealed class NodeIndex
{
    private readonly Lock _lock = new();
    private readonly Dictionary<MessageHash, ImmutableArray<TurnNode>> _ends = [];
    private readonly HashSet<MessageHash> _givenAssistants = [];
    private readonly HashSet<MessageHash> _roots = [];
    private readonly Dictionary<MessageHash, Segment> _prompts = [];

    /// <summary>The nodes that end this conversation, in the order in which they were made.</summary>
    public ImmutableArray<TurnNode> WithEnd(MessageHash end)
    {
        lock (_lock)
        {
            return _ends.TryGetValue(end, out var nodes) ? nodes : [];
        }
    }

    /// <summary>Whether the path of some node has an assistant message that was given in this place.</summary>
    public bool IsGivenAssistant(MessageHash conversation)
    {
        lock (_lock)
        {
            return _givenAssistants.Contains(conversation);
        }
    }

    /// <summary>Whether <see cref="IsGivenAssistant"/> is worth computing a hash for.</summary>
    public bool HasGivenAssistants
    {
        get
        {
            lock (_lock)
            {
                return _givenAssistants.Count > 0;
            }
        }
    }

    /// <summary>Whether there are conversations, and none has this context.</summary>
    public bool HasOtherRootsThan(MessageHash root)
    {
        lock (_lock)
        {
            return _roots.Count > 0 && !_roots.Contains(root);
        }
    }

    /// <summary>Gives the segment that an earlier turn after the same conversation has, where its ids are the same.</summary>
    public Segment SharePrompt(MessageHash conversation, Segment prompt)
    {
        lock (_lock)
        {
            if (_prompts.TryGetValue(conversation, out var shared) && shared.TokenIds.SequenceEqual(prompt.TokenIds))
            {
                return shared;
            }

            _prompts[conversation] = prompt;
            return prompt;
        }
    }

    /// <summary>Makes the nodes of a turn findable.</summary>
    public void Add(TurnChain chain, IReadOnlyList<TurnNode> nodes)
    {
        lock (_lock)
        {
            _roots.Add(chain.Root);
            _givenAssistants.UnionWith(chain.GivenAssistants);
            foreach (var node in nodes)
            {
                if (node is { CanBeExtended: true, EndHash: { } end })
                {
                    _ends[end] = _ends.TryGetValue(end, out var others) ? others.Add(node) : [node];
                }
            }
        }
    }
}
