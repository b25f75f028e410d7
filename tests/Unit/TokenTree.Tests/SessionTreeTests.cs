using static Atropos.TokenTree.Tests.Talk;

namespace Atropos.TokenTree.Tests;

public sealed class SessionTreeTests
{
    [Fact]
    public void Leaves_EachOfEightSiblingsExtendedInAnyOrder_KeepTheSiblingsOrder()
    {
        var tree = new SessionTree();
        var answers = Enumerable.Range(0, 8).Select(i => Answer($"answer {i}")).ToArray();
        tree.Commit(Turn(null, Conversation(User("a")), answers));
        foreach (var i in new[] { 5, 0, 7, 3, 1, 6, 2, 4 })
        {
            tree.Say(Conversation(User("a"), Assistant($"answer {i}"), User("b")), Answer($"next {i}"));
        }

        Assert.Equal(Enumerable.Range(0, 8).Select(i => $"next {i}"), tree.Leaves.Select(leaf => leaf.Answer!.Content));

        for (var i = 0; i < 8; i++)
        {
            tree.Say(Conversation(User("system"), User("a"), Assistant($"answer {i}"), User("b")), Answer($"last {i}"));
        }

        Assert.Equal(16, tree.LeafCount);
        Assert.All(tree.Leaves.Take(8), leaf => Assert.Equal(2, leaf.TurnCount));
        Assert.All(tree.Leaves.Skip(8), leaf => Assert.Equal(1, leaf.TurnCount));
    }

    [Fact]
    public void Leaves_FurtherExtensions_GoToTheEnd()
    {
        var tree = new SessionTree();
        var first = tree.Say(Conversation(User("a")), Answer("b"));
        tree.Say(Conversation(User("x")), Answer("y"));
        var request = Conversation(User("a"), Assistant("b"), User("c"));
        tree.Commit(Turn(first, request, Answer("d0"), Answer("d1")));
        tree.Commit(Turn(first, request, Answer("e")));

        Assert.Equal(["d0", "y", "d1", "e"], tree.Leaves.Select(leaf => leaf.Answer!.Content));
        Assert.False(first.IsLeaf);
        Assert.Equal(["b", "y", "d0", "d1", "e"], tree.Nodes.Select(node => node.Answer!.Content));
    }

    [Fact]
    public void Commit_EqualSiblings_AreKeptApart()
    {
        var tree = new SessionTree();

        var nodes = tree.Commit(Turn(null, Conversation(User("a")), Answer("b"), Answer("b"), Answer("b"), Answer("b")));

        Assert.Equal(4, nodes.Select(node => node.Id).Distinct().Count());
        Assert.Equal([0, 1, 2, 3], tree.Leaves.Select(leaf => leaf.ChoiceIndex));
        Assert.All(nodes, node => Assert.Same(nodes[0].Prompt, node.Prompt));
    }

    [Fact]
    public void Commit_NodeIdTaken_AddsNothing()
    {
        var tree = new SessionTree();
        var turn = Turn(null, Conversation(User("a")), Answer("b"));
        tree.Commit(turn);
        var clash = Turn(null, Conversation(User("a")), Answer("c"), Answer("d"));

        Assert.Throws<ArgumentException>(() => tree.Commit(turn));
        Assert.Throws<ArgumentException>(() => tree.Commit(clash with { Choices = [clash.Choices[0], turn.Choices[0]] }));
        Assert.Equal(1, tree.NodeCount);
        Assert.Equal(1, tree.TurnCount);
    }

    [Fact]
    public void Commit_ParentOfAnotherSession_Throws()
    {
        var other = new SessionTree().Say(Conversation(User("a")), Answer("b"));
        var tree = new SessionTree();

        Assert.Throws<ArgumentException>(() => tree.Commit(Turn(other, Conversation(User("a"), Assistant("b")), Answer("c"))));
        Assert.Equal(0, tree.NodeCount);
    }

    [Fact]
    public async Task Commit_SixtyFourExtensionsAtOnce_GivesTheTreeOfASerialRun()
    {
        var (concurrent, serial) = (new SessionTree(), new SessionTree());
        foreach (var tree in new[] { concurrent, serial })
        {
            tree.Say(Conversation(User("a")), Answer("b"));
        }

        using var start = new Barrier(4);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(() =>
        {
            start.SignalAndWait();
            for (var i = 0; i < 16; i++)
            {
                TwoTurns(concurrent, (worker * 16) + i);
            }
        })));
        for (var i = 0; i < 64; i++)
        {
            TwoTurns(serial, i);
        }

        Assert.Equal(Paths(serial), Paths(concurrent));
        Assert.Equal(64, concurrent.LeafCount);
        Assert.Equal(129, concurrent.TurnCount);
        Assert.Equal(concurrent.Leaves.Length, concurrent.Nodes.Count(node => node.IsLeaf));
    }

    private static void TwoTurns(SessionTree tree, int i)
    {
        tree.Say(Conversation(User("a"), Assistant("b"), User($"ask {i}")), Answer($"one {i}"));
        tree.Say(Conversation(User("a"), Assistant("b"), User($"ask {i}"), Assistant($"one {i}"), User("on")), Answer($"two {i}"));
    }

    private static IEnumerable<string> Paths(SessionTree tree) =>
        tree.Nodes.Select(node => string.Join('/', node.Path().Select(step => step.Answer!.Content))).Order(StringComparer.Ordinal);
}
