using Atropos.TokenTree.Matching;
using static Atropos.TokenTree.Tests.Talk;

namespace Atropos.TokenTree.Tests.Matching;

public sealed class EchoTests
{
    public static TheoryData<string, AssistantAnswer, CanonicalMessage> Echoes => new()
    {
        { "same", Answer("Hello"), Assistant("Hello") },
        { "trimmed", Answer("\n Hello\u00a0\n"), Assistant("Hello") },
        { "padded", Answer("Hello"), Assistant("  Hello\n") },
        { "null for empty", Answer(""), Assistant(null) },
        { "white space for null", Answer(null), Assistant(" \n") },
        { "empty parts", Answer(null), new CanonicalMessage { Role = "assistant", Parts = [] } },
        { "parts", Answer("Hello you"), new CanonicalMessage { Role = "assistant", Parts = [new("text", "Hello "), new("text", "you")] } },
        { "reasoning missing", Answer("Hello", "because"), Assistant("Hello") },
        { "reasoning same", Answer("Hello", "because\n"), Assistant("Hello", "because") },
        {
            "arguments rewritten",
            Answer(null, null, Call("""{"q":"é","n":1}""")),
            Assistant("", null, Call("""{ "n": 1.0, "q": "\u00e9" }"""))
        },
        { "arguments not JSON", Answer(null, null, Call("{oops ")), Assistant(null, null, Call(" {oops")) },
        { "call id rewritten", Answer(null, null, Call("{}", "call_1")), Assistant(null, null, Call("{}", "other")) },
        { "name added", Answer("Hello"), Assistant("Hello") with { Name = "bot" } },
    };

    public static TheoryData<string, AssistantAnswer, CanonicalMessage> Edits => new()
    {
        { "one word", Answer("Hello you"), Assistant("Hello me") },
        { "inner white space", Answer("Hello  you"), Assistant("Hello you") },
        { "case", Answer("Hello"), Assistant("hello") },
        { "other reasoning", Answer("Hello", "because"), Assistant("Hello", "therefore") },
        { "reasoning added", Answer("Hello"), Assistant("Hello", "because") },
        { "call dropped", Answer("Hello", null, Call("{}")), Assistant("Hello") },
        { "call added", Answer("Hello"), Assistant("Hello", null, Call("{}")) },
        { "call renamed", Answer(null, null, Call("{}")), Assistant(null, null, Call("{}", name: "find")) },
        { "calls swapped", Answer(null, null, Call("1"), Call("2")), Assistant(null, null, Call("2"), Call("1")) },
        { "argument changed", Answer(null, null, Call("""{"n":1}""")), Assistant(null, null, Call("""{"n":2}""")) },
        { "big number rounded", Answer(null, null, Call("12345678901234567890")), Assistant(null, null, Call("12345678901234567000")) },
        { "duplicate key dropped", Answer(null, null, Call("""{"a":1,"a":1}""")), Assistant(null, null, Call("""{"a":1}""")) },
        { "role", Answer("Hello"), User("Hello") },
        {
            "picture",
            Answer("Hello"),
            new CanonicalMessage { Role = "assistant", Parts = [new("text", "Hello"), new("image_url", null, "x")] }
        },
    };

    [Theory]
    [MemberData(nameof(Echoes))]
    public void Match_Echo_ExtendsTheNode(string what, AssistantAnswer answer, CanonicalMessage echo)
    {
        var tree = new SessionTree();
        var node = tree.Say(Conversation(User("Hi")), answer);

        var match = tree.Match(Conversation(User("Hi"), echo, User("More")));

        Assert.True(ReferenceEquals(node, match.Node), what);
        Assert.Equal(2, match.MessageCount);
        Assert.Equal("", match.BranchReason);
    }

    [Theory]
    [MemberData(nameof(Edits))]
    public void Match_EditedAnswer_ExtendsNothing(string what, AssistantAnswer answer, CanonicalMessage echo)
    {
        var tree = new SessionTree();
        tree.Say(Conversation(User("Hi")), answer);

        var match = tree.Match(Conversation(User("Hi"), echo, User("More")));

        Assert.True(match.Node is null, what);
        Assert.Equal(0, match.MessageCount);
    }

    [Fact]
    public void Match_CallIdsPrinted_ChangedIdIsAnEdit()
    {
        var context = Context with { CallIdsCount = true };
        var tree = new SessionTree();
        var answer = Answer(null, null, Call("{}", "call_1"));
        var node = tree.Say(new Conversation(context, [User("Hi")]), answer);

        Assert.Same(node, tree.Match(new Conversation(context, [User("Hi"), Assistant(null, null, Call("{}", "call_1"))])).Node);
        Assert.Null(tree.Match(new Conversation(context, [User("Hi"), Assistant(null, null, Call("{}", "call_2"))])).Node);
    }

    [Fact]
    public void Match_RandomArgumentsRewritten_ExtendsTheNode() => Property.Holds(random =>
    {
        var arguments = RandomJson.Value(random, depth: 3);
        var tree = new SessionTree();
        var node = tree.Say(Conversation(User("Hi")), Answer("x", null, Call(RandomJson.Write(arguments, random), "a")));

        var echo = Assistant(" x\n", null, Call(RandomJson.Write(arguments, random), "b"));

        Assert.Same(node, tree.Match(Conversation(User("Hi"), echo, User("More"))).Node);
    });
}
