using Atropos.TokenTree.Segments;

namespace Atropos.TokenTree.Tests;

/// <summary>Trees of plain completions of any shape.</summary>
internal static class RandomTree
{
    public static SessionTree Grow(Random random, int turns, int alphabet)
    {
        var tree = new SessionTree();
        for (var turn = 0; turn < turns; turn++)
        {
            var parent = tree.NodeCount > 0 && random.Next(4) > 0 ? tree.Nodes[random.Next(tree.NodeCount)] : null;
            tree.Commit(new TurnCommit
            {
                TurnId = $"cmpl-{turn}",
                Parent = parent,
                Prompt = Segment.Prompt(Ids(random, alphabet)),
                Model = "m",
                Tokenizer = Talk.Tokenizer,
                Choices = [.. Enumerable.Range(0, random.Next(1, 4)).Select(i => new TurnChoice
                {
                    NodeId = $"node-{turn}-{i}",
                    ChoiceIndex = i,
                    Completion = Completion(random, alphabet),
                })],
            });
        }

        return tree;
    }

    private static Segment Completion(Random random, int alphabet)
    {
        var ids = Ids(random, alphabet);
        var cut = random.Next(ids.Length + 1);
        var logprobs = ids.Select(_ => -random.NextSingle() * 10).ToArray();
        return Segment.Completion(
            ids,
            logprobs,
            new SampledPart { Start = 0, End = cut, WeightVersion = "1" },
            new SampledPart { Start = cut, End = ids.Length, WeightVersion = "2" });
    }

    private static int[] Ids(Random random, int alphabet) =>
        [.. Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(alphabet))];
}
