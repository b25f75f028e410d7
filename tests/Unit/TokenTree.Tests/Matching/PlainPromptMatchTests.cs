using Atropos.TokenTree.Segments;
using static Atropos.TokenTree.Tests.Talk;

namespace Atropos.TokenTree.Tests.Matching;

public sealed class PlainPromptMatchTests
{
    [Fact]
    public void MatchTokens_SeveralPrefixes_FindsTheLongest()
    {
        var tree = new SessionTree();
        var shorter = tree.Complete(null, [1], [2]);
        var longer = tree.Complete(shorter, [3], [4]);
        tree.Complete(null, [1, 2, 3], [5]);

        Assert.Same(longer, tree.MatchTokens(Tokenizer, [1, 2, 3, 4, 9]));
        Assert.Same(longer, tree.MatchTokens(Tokenizer, [1, 2, 3, 4]));
        Assert.Same(shorter, tree.MatchTokens(Tokenizer, [1, 2, 3, 6]));
        Assert.Null(tree.MatchTokens(Tokenizer, [1]));
        Assert.Null(tree.MatchTokens("other", [1, 2]));
    }

    [Fact]
    public void MatchTokens_SameLengthOneIdChanged_FindsNothing()
    {
        var tree = new SessionTree();
        tree.Complete(null, [1, 2], [3, 4]);

        Assert.Null(tree.MatchTokens(Tokenizer, [1, 2, 3, 5, 6]));
        Assert.Null(tree.MatchTokens(Tokenizer, [9, 2, 3, 4, 6]));
    }

    [Fact]
    public void MatchTokens_RandomTree_FindsWhatComparingEveryNodeFinds() => Property.Holds(random =>
    {
        var tree = RandomTree.Grow(random, turns: 20, alphabet: 2);
        var prompt = Enumerable.Range(0, random.Next(12)).Select(_ => random.Next(2)).ToArray();

        var longest = tree.Nodes
            .Where(node => node.TokenCount > 0 && node.IsPrefixOf(prompt))
            .Select(node => node.TokenCount)
            .DefaultIfEmpty(-1)
            .Max();

        Assert.Equal(longest, tree.MatchTokens(Tokenizer, prompt)?.TokenCount ?? -1);
    });

    [Fact]
    public async Task MatchTextAsync_SeveralPrefixes_FindsTheLongest()
    {
        var tree = new SessionTree();
        var one = tree.Complete(null, [1], [2], "n=1");
        var ten = tree.Complete(null, [1], [2, 0], "n=10");

        Assert.Same(ten, await tree.MatchTextAsync(Tokenizer, "n=10 and more", Unexpected));
        Assert.Same(one, await tree.MatchTextAsync(Tokenizer, "n=11", Unexpected));
        Assert.Same(ten, await tree.MatchTextAsync(Tokenizer, "n=10", Unexpected));
        Assert.Null(await tree.MatchTextAsync(Tokenizer, "n=", Unexpected));
    }

    [Fact]
    public async Task MatchTextAsync_TextsUnknown_ReadsEachOnceAndOnlyWhereTheParentMatches()
    {
        var tree = new SessionTree();
        var root = tree.Complete(null, [1], [2]);
        var child = tree.Complete(root, [3], [4]);
        var other = tree.Complete(null, [5], [6]);
        tree.Complete(other, [7], [8]);
        var texts = new Dictionary<TurnNode, string> { [root] = "ab", [child] = "abcd", [other] = "xy" };
        var read = new List<TurnNode>();
        ValueTask<string> Read(TurnNode node, CancellationToken cancellationToken)
        {
            read.Add(node);
            return ValueTask.FromResult(texts[node]);
        }

        Assert.Same(child, await tree.MatchTextAsync(Tokenizer, "abcde", Read));
        Assert.Same(child, await tree.MatchTextAsync(Tokenizer, "abcde", Read));
        Assert.Equal([root, child, other], read);
    }

    [Fact]
    public async Task MatchTextAsync_ParentEndsInsideACharacter_StillFindsTheChild()
    {
        var tree = new SessionTree();
        var root = tree.Complete(null, [1], [2], "a\uFFFD");
        var child = tree.Complete(root, [], [3], "a\U0001F600");

        Assert.Same(child, await tree.MatchTextAsync(Tokenizer, "a\U0001F600!", Unexpected));
        Assert.Equal("a\U0001F600", child.FullText);
    }

    private static ValueTask<string> Unexpected(TurnNode node, CancellationToken cancellationToken) =>
        throw new InvalidOperationException($"The text of {node.Id} is known.");
}
