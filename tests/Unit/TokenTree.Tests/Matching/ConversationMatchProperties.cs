using Atropos.TokenTree.Matching;
using Atropos.TokenTree.Segments;
using static Atropos.TokenTree.Tests.Talk;

namespace Atropos.TokenTree.Tests.Matching;

public sealed class ConversationMatchProperties
{
    [Fact]
    public void Match_RandomBranchingSessions_FindsTheLastTurnThatIsNotEdited() => Property.Holds(random =>
    {
        var tree = new SessionTree();
        var histories = new List<List<CanonicalMessage>>();
        for (var rollout = 0; rollout < 6; rollout++)
        {
            var history = histories.Count == 0 || random.Next(3) == 0
                ? []
                : histories[random.Next(histories.Count)].ToList();
            history = history[..(random.Next((history.Count / 2) + 1) * 2)];
            for (var turn = 0; turn < 4; turn++)
            {
                history.Add(User($"ask {rollout} {turn}"));
                var answer = $"answer {rollout} {turn}";
                tree.Say(Conversation([.. history]), Answer(answer));
                history.Add(Assistant(answer));
            }

            histories.Add(history);
        }

        var chosen = histories[random.Next(histories.Count)];
        var edit = random.Next(chosen.Count);
        var edited = chosen.ToArray();
        edited[edit] = edited[edit] with { Text = edited[edit].Text + "!" };

        var match = tree.Match(Conversation([.. edited, User("more")]));

        Assert.Equal(edit / 2 * 2, match.MessageCount);
        AssertPath(match.Node, edited);
    });

    private static void AssertPath(TurnNode? node, CanonicalMessage[] messages)
    {
        for (; node is not null; node = node.Parent)
        {
            Assert.Equal(messages[node.MessageCount - 1].Text, node.Answer!.Content);
        }
    }
}
