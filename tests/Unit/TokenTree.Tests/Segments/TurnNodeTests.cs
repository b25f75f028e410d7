using Atropos.TokenTree.Segments;
using static Atropos.TokenTree.Tests.Talk;

namespace Atropos.TokenTree.Tests.Segments;

public sealed class TurnNodeTests
{
    [Fact]
    public void LastTokenIds_AcrossSegments_GivesTheEndOfThePath()
    {
        var tree = new SessionTree();
        var node = tree.Complete(tree.Complete(null, [1, 2], [3]), [], [4, 5]);

        Assert.Equal([3, 4, 5], node.LastTokenIds(3));
        Assert.Equal([1, 2, 3, 4, 5], node.LastTokenIds(32));
        Assert.Empty(node.LastTokenIds(0));
    }

    [Fact]
    public void CopyTokens_TooLittleRoom_Throws()
    {
        var node = new SessionTree().Complete(null, [1, 2], [3]);

        Assert.Throws<ArgumentException>(() => node.CopyTokens(new int[2]));
        Assert.Throws<ArgumentException>(() => node.CopyLogprobs(new float[2]));
    }

    [Fact]
    public void CopyMaskedTokens_LogprobIsExactlyZero_StaysTrained()
    {
        var tree = new SessionTree();
        var node = tree.Commit(new TurnCommit
        {
            TurnId = "t",
            Prompt = Segment.Prompt([1]),
            Model = "m",
            Tokenizer = Tokenizer,
            Choices = [new TurnChoice { NodeId = "n", Completion = Segment.Completion([0], [0f], Part(1)) }],
        })[0];
        var masked = new int[2];
        var logprobs = new float[2];

        node.CopyMaskedTokens(masked);
        node.CopyLogprobs(logprobs);

        Assert.Equal([-100, 0], masked);
        Assert.Equal([1f, 0f], logprobs);
    }

    [Fact]
    public void UntrackedCompletion_OnThePath_IsNeverTrainedAndSaysSo()
    {
        var tree = new SessionTree();
        var untracked = tree.Commit(new TurnCommit
        {
            TurnId = "t",
            Prompt = Segment.Prompt([1]),
            Model = "m",
            Tokenizer = Tokenizer,
            Choices = [new TurnChoice { NodeId = "n", Completion = Segment.UntrackedCompletion([2, 3], Part(2)) }],
        })[0];
        var node = tree.Complete(untracked, [4], [5]);
        var masked = new int[5];

        node.CopyMaskedTokens(masked);

        Assert.Equal([-100, -100, -100, -100, 5], masked);
        Assert.False(node.Tracked);
    }

    [Fact]
    public void Spans_SeveralTurns_PointAtTheSampledRuns()
    {
        var tree = new SessionTree();
        var first = tree.Complete(null, [1, 2], [3]);
        var node = tree.Complete(first, [4], [5, 6]);

        Assert.Equal([(2, 3, first), (4, 6, node)], node.Spans().Select(span => (span.Start, span.End, span.Node)));
    }

    [Fact]
    public void SetFullText_TwoTexts_KeepsTheFirst()
    {
        var tree = new SessionTree();
        var parent = tree.Complete(null, [1], [2], "ab");
        var node = tree.Complete(parent, [3], [4]);
        Assert.Null(node.FullText);

        node.SetFullText("abcd");
        node.SetFullText("abxy");

        Assert.Equal("abcd", node.FullText);
    }
}
