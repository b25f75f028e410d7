using Atropos.SessionTracker.Tests.Support;
using OpenAI.V1;

namespace Atropos.SessionTracker.Tests.Continuity;

/// <summary>Sessions whose tokenizer gets other files: ids of two vocabularies never stand in one node.</summary>
public sealed class ReplacedTokenizerTests : IAsyncDisposable
{
    private readonly Tracker _tracker = new();

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    public async Task A_chat_goes_on_in_a_new_root_that_says_why()
    {
        var uuid = await _tracker.CreateSessionAsync();
        List<ChatMessage> messages = [Chat.User("a")];
        messages.Add(await _tracker.SayAsync(uuid, messages, "b"));
        messages.Add(Chat.User("c"));

        _tracker.Tokenizer.Fingerprint = "bytes-2";
        messages.Add(await _tracker.SayAsync(uuid, messages, "d"));

        var nodes = await _tracker.NodesAsync(uuid);
        Assert.Equal(2, nodes.Count);
        Assert.Equal("", nodes[0].Metadata.BranchReason);
        Assert.Equal("", nodes[1].Metadata.ParentId);
        Assert.Contains("tokenizer's files", nodes[1].Metadata.BranchReason, StringComparison.Ordinal);
        Assert.Equal(1, (await _tracker.DescribeAsync(uuid)).ContinuityFallbacks);
        Assert.Equal("", nodes[0].FullText);
        Assert.Contains("assistant\nd", nodes[1].FullText, StringComparison.Ordinal);
        var sent = _tracker.Router.Requests[^1].Tokens.TokenIds;
        Assert.Equal(sent, nodes[1].Tokens.Take(sent.Count));
    }

    [Fact]
    public async Task A_chat_goes_on_in_its_node_once_the_files_are_those_again()
    {
        var uuid = await _tracker.CreateSessionAsync();
        List<ChatMessage> messages = [Chat.User("a")];
        messages.Add(await _tracker.SayAsync(uuid, messages, "b"));
        messages.Add(Chat.User("c"));
        _tracker.Tokenizer.Fingerprint = "bytes-2";
        await _tracker.SayAsync(uuid, messages, "d");

        _tracker.Tokenizer.Fingerprint = "bytes-1";
        await _tracker.SayAsync(uuid, messages, "e");

        var nodes = await _tracker.NodesAsync(uuid);
        Assert.Equal(2, nodes.Count);
        Assert.Contains(nodes, node => node.Metadata is { TurnCount: 2, BranchReason: "" });
    }

    [Fact]
    public async Task A_session_goes_on_with_the_new_files_after_the_new_root()
    {
        var uuid = await _tracker.CreateSessionAsync();
        List<ChatMessage> messages = [Chat.User("a")];
        messages.Add(await _tracker.SayAsync(uuid, messages, "b"));
        _tracker.Tokenizer.Fingerprint = "bytes-2";
        messages.Add(Chat.User("c"));
        messages.Add(await _tracker.SayAsync(uuid, messages, "d"));
        messages.Add(Chat.User("e"));

        await _tracker.SayAsync(uuid, messages, "f");

        Assert.Equal([1, 2], (await _tracker.NodesAsync(uuid)).Select(node => node.Metadata.TurnCount));
        Assert.Equal(1, (await _tracker.DescribeAsync(uuid)).ContinuityFallbacks);
    }

    [Fact]
    public async Task A_message_that_is_continued_is_not_continued_with_other_files()
    {
        var uuid = await _tracker.CreateSessionAsync();
        List<ChatMessage> messages = [Chat.User("a")];
        _tracker.Answer(ScriptedChoice.Cut("b"));
        var cut = await _tracker.ChatAsync(uuid, Chat.Request(messages));
        messages.Add(Chat.Echo(cut.Completion.Choices[0].Message));

        _tracker.Tokenizer.Fingerprint = "bytes-2";
        var request = Chat.Request(messages);
        request.ContinueFinalMessage = true;
        _tracker.Answer(ScriptedChoice.Text("c"));
        await _tracker.ChatAsync(uuid, request);

        Assert.All(await _tracker.NodesAsync(uuid), node => Assert.Equal("", node.Metadata.ParentId));
        Assert.Equal(2, (await _tracker.NodesAsync(uuid)).Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_plain_prompt_does_not_extend_a_node_of_other_files(bool asIds)
    {
        var uuid = await _tracker.CreateSessionAsync();
        await _tracker.CompleteAsync(uuid, new CompletionRequest { Prompt = new CompletionPrompt { Text = "ab" } });
        var first = (await _tracker.NodesAsync(uuid))[0];

        _tracker.Tokenizer.Fingerprint = "bytes-2";
        var prompt = asIds
            ? new CompletionPrompt { TokenIds = new TokenIds { Ids = { first.Tokens } } }
            : new CompletionPrompt { Text = first.FullText };
        await _tracker.CompleteAsync(uuid, new CompletionRequest { Prompt = prompt });

        Assert.All(await _tracker.NodesAsync(uuid), node => Assert.Equal("", node.Metadata.ParentId));
    }
}
