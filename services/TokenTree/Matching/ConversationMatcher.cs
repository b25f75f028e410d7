using Atropos.TokenTree.Segments;

namespace Atropos.TokenTree.Matching;

/// <summary>
/// Finds the node that a conversation extends: the one that covers most messages. An assistant message can be the echo of an answer
/// or given text that happens to be the same (few-shot examples, an earlier branch rendered anew); both readings are followed as
/// long as some node has them. Among nodes that cover equally many messages: the one with most of the request's call ids, then one
/// that is a leaf, then the one made last.
/// </summary>
internal sealed class ConversationMatcher(Conversation conversation, NodeIndex nodes) : IDisposable
{
    private readonly DigestWriter _writer = new();

    public void Dispose() => _writer.Dispose();

    public TurnNode? Match()
    {
        var hits = new List<TurnNode[]>();
        var readings = new HashSet<MessageHash> { conversation.Root };
        for (var i = 0; i < conversation.Messages.Count && readings.Count > 0; i++)
        {
            readings = conversation.Messages[i].IsAssistant ? FollowAssistant(readings, i, hits) : FollowGiven(readings, i);
        }

        for (var i = hits.Count - 1; i >= 0; i--)
        {
            if (Best(hits[i]) is { } best)
            {
                return best;
            }
        }

        return null;
    }

    private HashSet<MessageHash> FollowGiven(HashSet<MessageHash> readings, int index)
    {
        var digest = conversation.GivenDigest(_writer, index);
        var next = new HashSet<MessageHash>(readings.Count);
        foreach (var reading in readings)
        {
            next.Add(MessageDigests.LinkGiven(_writer, reading, digest));
        }

        return next;
    }

    private HashSet<MessageHash> FollowAssistant(HashSet<MessageHash> readings, int index, List<TurnNode[]> hits)
    {
        var echo = conversation.EchoDigest(_writer, index);
        var next = new HashSet<MessageHash>();
        List<TurnNode>? found = null;
        foreach (var reading in readings)
        {
            var end = MessageDigests.LinkAnswer(_writer, reading, echo);
            if (nodes.WithEnd(end) is { Length: > 0 } ended)
            {
                (found ??= []).AddRange(ended);
                next.Add(end);
            }

            if (nodes.HasGivenAssistants)
            {
                var given = MessageDigests.LinkGiven(_writer, reading, conversation.GivenDigest(_writer, index));
                if (nodes.IsGivenAssistant(given))
                {
                    next.Add(given);
                }
            }
        }

        if (found is not null)
        {
            hits.Add([.. found]);
        }

        return next;
    }

    private TurnNode? Best(TurnNode[] candidates)
    {
        TurnNode? best = null;
        var bestCalls = -1;
        foreach (var candidate in candidates)
        {
            if (!ReasoningAgrees(candidate))
            {
                continue;
            }

            var calls = CommonCallIds(candidate);
            if (best is null || IsBetter(candidate, calls, best, bestCalls))
            {
                best = candidate;
                bestCalls = calls;
            }
        }

        return best;
    }

    private static bool IsBetter(TurnNode candidate, int calls, TurnNode best, int bestCalls)
    {
        if (calls != bestCalls)
        {
            return calls > bestCalls;
        }

        var isLeaf = candidate.IsLeaf;
        return isLeaf == best.IsLeaf ? candidate.Index > best.Index : isLeaf;
    }

    // Hashes leave reasoning out, since clients may; where one sends it, every answer on the path must have had it.
    private bool ReasoningAgrees(TurnNode candidate)
    {
        foreach (var node in AnswersOnPath(candidate))
        {
            var echoed = conversation.Messages[node.MessageCount - 1].Reasoning.AsSpan().Trim();
            if (!echoed.IsEmpty && !echoed.SequenceEqual(node.Answer!.Reasoning.AsSpan().Trim()))
            {
                return false;
            }
        }

        return true;
    }

    private int CommonCallIds(TurnNode candidate)
    {
        var common = 0;
        foreach (var node in AnswersOnPath(candidate))
        {
            var echoed = conversation.Messages[node.MessageCount - 1].ToolCalls;
            var made = node.Answer!.ToolCalls;
            for (var i = 0; i < Math.Min(echoed.Count, made.Count); i++)
            {
                if (!string.IsNullOrEmpty(echoed[i].Id) && echoed[i].Id == made[i].Id)
                {
                    common++;
                }
            }
        }

        return common;
    }

    // A node that continues its parent's answer ends at the same message, and then its answer is the whole one.
    private static IEnumerable<TurnNode> AnswersOnPath(TurnNode candidate)
    {
        var before = int.MaxValue;
        for (var node = candidate; node is not null; node = node.Parent)
        {
            if (node.Answer is not null && node.MessageCount > 0 && node.MessageCount < before)
            {
                before = node.MessageCount;
                yield return node;
            }
        }
    }
}
