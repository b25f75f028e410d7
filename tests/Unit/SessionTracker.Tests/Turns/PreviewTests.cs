using Atropos.Sessions.V1;
using Atropos.SessionTracker.Tests.Support;
using OpenAI.V1;

namespace Atropos.SessionTracker.Tests.Turns;

/// <summary>The preview of a chat turn is what the turn then sends, and leaves nothing behind.</summary>
public sealed class PreviewTests : IAsyncDisposable
{
    private readonly Tracker _tracker = new();

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Theory]
    [InlineData("append")]
    [InlineData("render")]
    public async Task A_turn_that_extends_a_node(string policy)
    {
        var uuid = await _tracker.CreateSessionAsync(new CreateSessionRequest { HistoryPolicy = policy });
        var first = await _tracker.SayAsync(uuid, [Chat.User("a")], "x");

        var preview = await AssertSentAsync(uuid, Chat.Request(Chat.User("a"), first, Chat.User("b")));

        var parent = (await _tracker.NodesAsync(uuid, "tree"))[0];
        Assert.Equal((parent.Metadata.NodeId, parent.Tokens.Count), (preview.ExtendsNodeId, preview.ReusedTokens));
    }

    [Theory]
    [InlineData("append", true)]
    [InlineData("render", false)]
    public async Task A_history_with_thinking_is_what_the_policy_makes_of_it(string policy, bool extends)
    {
        var uuid = await _tracker.CreateSessionAsync(new CreateSessionRequest { HistoryPolicy = policy });
        var first = await _tracker.SayAsync(uuid, [Chat.User("a")], "<think>hm</think>x");

        var preview = await AssertSentAsync(uuid, Chat.Request(Chat.User("a"), first, Chat.User("b")));

        Assert.Equal(extends, preview.PromptText.Contains("hm", StringComparison.Ordinal));
        Assert.Equal(extends, preview.ExtendsNodeId.Length > 0);
    }

    [Fact]
    public async Task Tools_and_template_arguments()
    {
        var uuid = await _tracker.CreateSessionAsync();
        var request = Chat.Request(Chat.System("s"), Chat.User("a"));
        request.Tools.Add(Chat.Tool("search"));
        request.ChatTemplateKwargs = Chat.Flags("think");

        var preview = await AssertSentAsync(uuid, request);

        Assert.Contains("search", preview.PromptText);
        Assert.EndsWith("<think>", preview.PromptText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cut_answer_that_is_gone_on_with()
    {
        var uuid = await _tracker.CreateSessionAsync();
        _tracker.Answer(new ScriptedChoice(ByteVocabulary.Word) { Finish = Router.V1.FinishReason.Length });
        await _tracker.ChatAsync(uuid, Chat.Request(Chat.User("a")));
        var request = Chat.Request(Chat.User("a"), Chat.Assistant("wor"));
        request.ContinueFinalMessage = true;

        var preview = await AssertSentAsync(uuid, request);

        Assert.Equal(preview.NumTokens, preview.ReusedTokens);
        Assert.Equal(ByteVocabulary.Word, preview.TokenIds[^1]);
    }

    [Fact]
    public async Task A_continuation_that_cannot_be_proven_counts_with_the_turn_and_not_before()
    {
        var uuid = await _tracker.CreateSessionAsync();
        _tracker.Answer(ScriptedChoice.Text("<think>hm</think>x"));
        var request = Chat.Request(Chat.User("a"));
        request.ChatTemplateKwargs = Chat.Flags("refuse_continuation");
        var first = Chat.Echo((await _tracker.ChatAsync(uuid, request)).Completion.Choices[0].Message);
        request.Messages.Add([first, Chat.User("b")]);

        await AssertSentAsync(uuid, request);

        Assert.Equal(1, (await _tracker.DescribeAsync(uuid)).ContinuityFallbacks);
    }

    [Fact]
    public async Task A_conversation_without_a_session()
    {
        Assert.Equal("", (await AssertSentAsync("", Chat.Request(Chat.User("a")))).ExtendsNodeId);
    }

    private async Task<RenderChatCompletionResponse> AssertSentAsync(string uuid, ChatCompletionRequest request)
    {
        var before = await StateAsync(uuid);
        var preview = await _tracker.Completions.RenderChatCompletionAsync(new RenderChatCompletionRequest { Uuid = uuid, Request = request });
        var again = await _tracker.Completions.RenderChatCompletionAsync(new RenderChatCompletionRequest { Uuid = uuid, Request = request });
        Assert.Equal(preview, again);
        Assert.Equal(before, await StateAsync(uuid));

        _tracker.Answer(ScriptedChoice.Text("y"));
        await _tracker.ChatAsync(uuid, request);

        Assert.Equal(_tracker.Router.Requests[^1].Tokens.TokenIds, preview.TokenIds);
        Assert.Equal(preview.TokenIds.Count, preview.NumTokens);
        Assert.Equal(ByteVocabulary.Decode(preview.TokenIds), preview.PromptText);
        return preview;
    }

    private async Task<(int Turns, int Nodes, int Fallbacks, int Sent)> StateAsync(string uuid)
    {
        var session = uuid.Length == 0 ? new Session() : await _tracker.DescribeAsync(uuid);
        return (session.TurnCount, session.NodeCount, session.ContinuityFallbacks, _tracker.Router.Requests.Count);
    }
}
