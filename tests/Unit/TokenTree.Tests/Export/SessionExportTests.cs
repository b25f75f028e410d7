using Atropos.TokenTree.Export;
using Atropos.TokenTree.Segments;

namespace Atropos.TokenTree.Tests.Export;

public sealed class SessionExportTests
{
    [Fact]
    public void Linear_OneConversation_GivesOneAlignedSequence()
    {
        var tree = new SessionTree();
        tree.Complete(tree.Complete(null, [1, 2], [3]), [4], [5, 6]);

        var sequence = Assert.Single(SessionExport.Linear(tree, SharedCompletions.TrainInEach));

        Assert.Equal([1, 2, 3, 4, 5, 6], sequence.Tokens.ToArray());
        Assert.Equal([-100, -100, 3, -100, 5, 6], sequence.MaskedTokens.ToArray());
        Assert.Equal([1f, 1f, -0.004f, 1f, -0.006f, -0.007f], sequence.Logprobs.ToArray());
    }

    [Fact]
    public void Linear_TwoBranchesTrainedOnce_MasksTheSharedTurnInTheSecond()
    {
        var tree = new SessionTree();
        var shared = tree.Complete(null, [1], [2]);
        tree.Complete(shared, [3], [4]);
        tree.Complete(shared, [5], [6]);

        var masks = SessionExport.Linear(tree, SharedCompletions.TrainOnce).Select(sequence => sequence.MaskedTokens.ToArray()).ToArray();

        Assert.Equal([-100, 2, -100, 4], masks[0]);
        Assert.Equal([-100, -100, -100, 6], masks[1]);
    }

    [Fact]
    public void Linear_RandomTree_SequencesAreAlignedAndTrainExactlyWhatWasSampled() => Property.Holds(random =>
    {
        var tree = RandomTree.Grow(random, turns: 30, alphabet: 50);

        foreach (var sequence in SessionExport.Linear(tree, SharedCompletions.TrainInEach))
        {
            CheckAlignment(sequence);
        }

        var sampled = tree.Nodes.Sum(node => node.Completion.Length);
        Assert.Equal(sampled, Trained(SessionExport.Linear(tree, SharedCompletions.TrainOnce)));
        Assert.Equal(sampled, Trained(SessionExport.Tree(tree, SharedCompletions.TrainOnce)));
    });

    private static int Trained(IEnumerable<TrainingSequence> sequences) =>
        sequences.Sum(sequence => sequence.MaskedTokens.ToArray().Count(token => token != TurnNode.MaskedToken));

    private static void CheckAlignment(TrainingSequence sequence)
    {
        var tokens = sequence.Tokens.ToArray();
        var masked = sequence.MaskedTokens.ToArray();
        var logprobs = sequence.Logprobs.ToArray();
        Assert.Equal(sequence.Node.TokenCount, tokens.Length);
        Assert.Equal(tokens.Length, masked.Length);
        Assert.Equal(tokens.Length, logprobs.Length);
        Assert.Equal(sequence.Node.Path().SelectMany(OwnTokens), tokens);
        Assert.Equal(
            Enumerable.Range(0, tokens.Length).Where(i => masked[i] != TurnNode.MaskedToken),
            sequence.Spans.SelectMany(span => Enumerable.Range(span.Start, span.End - span.Start)));
        for (var i = 0; i < tokens.Length; i++)
        {
            var trained = masked[i] == tokens[i];
            Assert.True(trained || masked[i] == TurnNode.MaskedToken);
            Assert.True(trained ? logprobs[i] <= 0 : logprobs[i] == TurnNode.GivenLogprob);
        }
    }

    private static int[] OwnTokens(TurnNode node) => [.. node.Prompt.TokenIds, .. node.Completion.TokenIds];
}
