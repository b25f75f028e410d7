using Atropos.TokenTree.Segments;

namespace Atropos.TokenTree.Export;

/// <summary>The training sequences of a session. Sequences are made one at a time, as they are asked for.</summary>
public static class SessionExport
{
    /// <summary>Gives one sequence a leaf, in linear order (<see cref="SessionTree.Leaves"/>).</summary>
    /// <param name="tree">The session.</param>
    /// <param name="shared">How often a completion that several leaves have in common is trained on.</param>
    public static IEnumerable<TrainingSequence> Linear(SessionTree tree, SharedCompletions shared)
    {
        ArgumentNullException.ThrowIfNull(tree);
        return Sequences(tree.Leaves, shared);
    }

    /// <summary>Gives one sequence a node, ends of inner turns too, in the order in which they were made.</summary>
    /// <param name="tree">The session.</param>
    /// <param name="shared">
    /// How often a completion is trained on; with <see cref="SharedCompletions.TrainOnce"/> each node trains its own.
    /// </param>
    public static IEnumerable<TrainingSequence> Tree(SessionTree tree, SharedCompletions shared)
    {
        ArgumentNullException.ThrowIfNull(tree);
        return Sequences(tree.Nodes, shared);
    }

    private static IEnumerable<TrainingSequence> Sequences(IReadOnlyList<TurnNode> nodes, SharedCompletions shared)
    {
        var trained = shared == SharedCompletions.TrainOnce ? new HashSet<TurnNode>() : null;
        foreach (var node in nodes)
        {
            yield return TrainingSequence.Of(node, trained is null ? null : trained.Add);
        }
    }
}
