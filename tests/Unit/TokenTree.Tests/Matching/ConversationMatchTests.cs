using Atropos.TokenTree.Matching;
using static Atropos.TokenTree.Tests.Talk;

namespace Atropos.TokenTree.Tests.Matching;

public sealed class ConversationMatchTests
{
    [Fact]
    public void Match_EmptyTree_FindsNothing()
    {
        var match = new SessionTree().Match(Conversation(User("a"), Assistant("b"), User("c")));

        Assert.Null(match.Node);
        Assert.Contains("message 1", match.BranchReason, StringComparison.Ordinal);
    }

    [Fact]
    public void Match_SeveralTurns_FindsTheLongest()
    {
        var tree = new SessionTree();
        var first = tree.Say(Conversation(User("a")), Answer("b"));
        var second = tree.Say(Conversation(User("a"), Assistant("b"), User("c")), Answer("d"));

        Assert.Same(first, second.Parent);
        Assert.Same(second, tree.Match(Conversation(User("a"), Assistant("b"), User("c"), Assistant("d"), User("e"))).Node);
        Assert.Same(first, tree.Match(Conversation(User("a"), Assistant("b"), User("other"))).Node);
    }

    [Fact]
    public void Match_RetryOfTheSameRequest_GivesASibling()
    {
        var tree = new SessionTree();
        var first = tree.Say(Conversation(User("a")), Answer("b"));
        var request = Conversation(User("a"), Assistant("b"), User("c"));

        var one = tree.Say(request, Answer("d"));
        var two = tree.Say(request, Answer("d"));

        Assert.Same(first, one.Parent);
        Assert.Same(first, two.Parent);
        Assert.Same(one.Prompt, two.Prompt);
    }

    [Fact]
    public void Match_EditInTheMiddle_BranchesAtTheLastAnswerThatStillMatches()
    {
        var tree = new SessionTree();
        var first = tree.Say(Conversation(User("a")), Answer("b"));
        tree.Say(Conversation(User("a"), Assistant("b"), User("c")), Answer("d"));

        var match = tree.Match(Conversation(User("a"), Assistant("b"), User("c"), Assistant("edited"), User("e")));

        Assert.Same(first, match.Node);
        Assert.Equal(2, match.MessageCount);
        Assert.Contains("message 3", match.BranchReason, StringComparison.Ordinal);
    }

    [Fact]
    public void Match_FewShotExamples_AreGivenAndStillMatchLater()
    {
        var tree = new SessionTree();
        CanonicalMessage[] examples = [User("1+1"), Assistant("2"), User("2+2"), Assistant("4"), User("3+3")];

        Assert.Null(tree.Match(Conversation(examples)).Node);
        var node = tree.Say(Conversation(examples), Answer("6"));

        Assert.Null(tree.Match(Conversation(examples)).Node);
        Assert.Same(node, tree.Match(Conversation([.. examples, Assistant("6"), User("4+4")])).Node);
        Assert.Null(tree.Match(Conversation([User("1+1"), Assistant("two"), .. examples[2..], Assistant("6"), User("4+4")])).Node);
        Assert.Null(tree.Match(Conversation([User("1+1"), Assistant(" 2"), .. examples[2..], Assistant("6"), User("4+4")])).Node);
    }

    [Fact]
    public void Match_GivenTextThatWasAlsoSampled_FollowsBothReadings()
    {
        var tree = new SessionTree();
        var given = tree.Say(Conversation(User("a"), Assistant("b"), User("c")), Answer("d"));
        var sampled = tree.Say(Conversation(User("a")), Answer("b"));

        Assert.Same(given, tree.Match(Conversation(User("a"), Assistant("b"), User("c"), Assistant("d"), User("e"))).Node);
        Assert.Same(sampled, tree.Match(Conversation(User("a"), Assistant("b"), User("x"))).Node);
    }

    [Fact]
    public void Match_BranchRenderedAnew_IsExtendedRatherThanTheOldOne()
    {
        var tree = new SessionTree();
        tree.Say(Conversation(User("a")), Answer("b"));
        var request = Conversation(User("a"), Assistant("b"), User("c"));
        var anew = tree.Commit(Turn(null, request, Answer("d")) with { ContinuityFallback = true })[0];

        Assert.Same(anew, tree.Match(Conversation(User("a"), Assistant("b"), User("c"), Assistant("d"), User("e"))).Node);
        Assert.Equal(1, tree.ContinuityFallbacks);
    }

    [Fact]
    public void Match_OtherToolsArgumentsTemplateOrTokenizer_BeginsAnew()
    {
        var tree = new SessionTree();
        var node = tree.Say(Conversation(User("a")), Answer("b"));
        CanonicalMessage[] more = [User("a"), Assistant("b"), User("c")];
        ConversationContext[] others =
        [
            Context with { Tools = "[{}]" },
            Context with { TemplateArguments = """{"enable_thinking":false}""" },
            Context with { ChatTemplate = "{{ messages }}" },
            Context with { Tokenizer = "other" },
        ];

        foreach (var other in others)
        {
            var match = tree.Match(new Conversation(other, more));
            Assert.Null(match.Node);
            Assert.Contains("tools, template arguments", match.BranchReason, StringComparison.Ordinal);
        }

        Assert.Same(node, tree.Match(new Conversation(Context with { TemplateArguments = " {} " }, more)).Node);
    }

    [Fact]
    public void Match_EqualAnswersWithOtherCallIds_PicksTheOneThatTheRequestNames()
    {
        var tree = new SessionTree();
        var nodes = tree.Commit(Turn(
            null,
            Conversation(User("a")),
            Answer(null, null, Call("{}", "call_1")),
            Answer(null, null, Call("{}", "call_2")),
            Answer(null, null, Call("{}", "call_3"))));

        var match = tree.Match(Conversation(User("a"), Assistant(null, null, Call("{}", "call_2")), User("b")));

        Assert.Same(nodes[1], match.Node);
    }

    [Fact]
    public void Match_EqualAnswersWithOtherReasoning_PicksTheOneThatTheRequestThinks()
    {
        var tree = new SessionTree();
        var nodes = tree.Commit(Turn(null, Conversation(User("a")), Answer("b", "one"), Answer("b", "two")));
        var second = tree.Commit(Turn(nodes[0], Conversation(User("a"), Assistant("b"), User("c")), Answer("d")))[0];

        Assert.Same(nodes[0], tree.Match(Conversation(User("a"), Assistant("b", "one"), User("x"))).Node);
        Assert.Same(nodes[1], tree.Match(Conversation(User("a"), Assistant("b", "two"), User("x"))).Node);
        Assert.Same(second, tree.Match(Conversation(User("a"), Assistant("b", "one"), User("c"), Assistant("d"))).Node);
        Assert.Same(nodes[1], tree.Match(Conversation(User("a"), Assistant("b", "two"), User("c"), Assistant("d"))).Node);
    }

    [Fact]
    public void Match_EqualAnswers_ExtendsEachOnceBeforeAnyTwice()
    {
        var tree = new SessionTree();
        tree.Commit(Turn(null, Conversation(User("a")), Answer("b"), Answer("b"), Answer("b"), Answer("b")));
        var request = Conversation(User("a"), Assistant("b"), User("c"));

        var parents = Enumerable.Range(0, 4).Select(_ => tree.Say(request, Answer("d")).Parent!.ChoiceIndex).ToArray();

        Assert.Equal([3, 2, 1, 0], parents);
        Assert.Equal(4, tree.LeafCount);
    }

    [Fact]
    public void Match_UserContent_CountsEveryCharacterAndTheForm()
    {
        var tree = new SessionTree();
        var node = tree.Say(Conversation(User("a"), User("")), Answer("b"));

        Assert.Same(node, tree.Match(Conversation(User("a"), new CanonicalMessage { Role = "user", Parts = [] }, Assistant("b"))).Node);
        Assert.Same(node, tree.Match(Conversation(User("a") with { ToolCallId = "x" }, User(""), Assistant("b"))).Node);
        Assert.Null(tree.Match(Conversation(User("a "), User(""), Assistant("b"))).Node);
        Assert.Null(tree.Match(Conversation(User("a") with { Name = "x" }, User(""), Assistant("b"))).Node);
        Assert.Null(tree.Match(Conversation(
            new CanonicalMessage { Role = "user", Parts = [new("text", "a")] }, User(""), Assistant("b"))).Node);
    }

    [Fact]
    public void Match_AnswerContinuedByItsNextTurn_IsKnownByTheWholeAnswer()
    {
        var tree = new SessionTree();
        var cut = tree.Say(Conversation(User("a")), Answer("b", "thought"));
        var chain = Conversation(User("a")).ChainAfter(null);
        var whole = tree.Commit(Turn(cut, chain, [], [Answer("b and c", "thought on")]))[0];

        Assert.Same(whole, tree.Match(Conversation(User("a"), Assistant("b and c", "thought on"), User("d"))).Node);
        Assert.Same(cut, tree.Match(Conversation(User("a"), Assistant("b"), User("d"))).Node);
    }
}
