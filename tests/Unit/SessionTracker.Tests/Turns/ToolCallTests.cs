using Atropos.Router.V1;
using Atropos.SessionTracker.Tests.Support;
using OpenAI.V1;

namespace Atropos.SessionTracker.Tests.Turns;

public sealed class ToolCallTests
{
    private const string Call = "<tool_call>{\"name\": \"search\", \"arguments\": {\"query\": \"cats\", \"n\": 1}}</tool_call>";

    [Fact]
    public async Task A_call_is_taken_out_of_the_content_and_the_node_keeps_the_raw_tokens()
    {
        await using var tracker = new Tracker();
        var uuid = await tracker.CreateSessionAsync();
        tracker.Answer(ScriptedChoice.Text(Call));

        var choice = (await tracker.ChatAsync(uuid, Request(Chat.User("find cats")))).Completion.Choices[0];

        Assert.Equal("tool_calls", choice.FinishReason);
        Assert.False(choice.Message.HasContent);
        var call = Assert.Single(choice.Message.ToolCalls);
        Assert.Equal(("search", "{\"query\": \"cats\", \"n\": 1}"), (call.Function.Name, call.Function.Arguments));
        var node = Assert.Single(await tracker.NodesAsync(uuid));
        Assert.Contains(Call, node.FullText);
        Assert.Equal(("stop", "tool_calls"), (node.Metadata.FinishReason, node.Metadata.ClientFinishReason));
    }

    [Fact]
    public async Task An_echo_with_other_json_and_other_ids_extends_the_node()
    {
        await using var tracker = new Tracker();
        var uuid = await tracker.CreateSessionAsync();
        tracker.Answer(ScriptedChoice.Text("Let me see. " + Call));
        var answer = (await tracker.ChatAsync(uuid, Request(Chat.User("find cats")))).Completion.Choices[0].Message;
        var echo = Chat.Echo(answer);
        echo.Content = new MessageContent { Text = "Let me see." };
        echo.ToolCalls[0] = answer.ToolCalls[0].Clone();
        echo.ToolCalls[0].Id = "call_of_the_client";
        echo.ToolCalls[0].Function.Arguments = "{\"n\":1,\"query\":\"c\\u0061ts\"}";
        tracker.Answer(ScriptedChoice.Text("found"));
        await tracker.ChatAsync(uuid, Request(Chat.User("find cats"), echo, Chat.ToolResult("call_of_the_client", "[]")));

        var node = Assert.Single(await tracker.NodesAsync(uuid));
        Assert.Equal(2, node.Metadata.TurnCount);
        Truth.Holds(tracker, [node], ScriptedChoice.Text("Let me see. " + Call), ScriptedChoice.Text("found"));
    }

    [Fact]
    public async Task An_echo_with_other_arguments_forks()
    {
        await using var tracker = new Tracker();
        var uuid = await tracker.CreateSessionAsync();
        tracker.Answer(ScriptedChoice.Text(Call));
        var echo = Chat.Echo((await tracker.ChatAsync(uuid, Request(Chat.User("find cats")))).Completion.Choices[0].Message);
        echo.ToolCalls[0] = echo.ToolCalls[0].Clone();
        echo.ToolCalls[0].Function.Arguments = "{\"query\":\"dogs\",\"n\":1}";
        await tracker.ChatAsync(uuid, Request(Chat.User("find cats"), echo, Chat.ToolResult("c", "[]")));

        Assert.Equal(2, (await tracker.NodesAsync(uuid)).Count);
    }

    [Fact]
    public async Task Without_tools_or_with_choice_none_text_that_looks_like_a_call_is_text()
    {
        await using var tracker = new Tracker();
        var none = Request(Chat.User("a"));
        none.ToolChoice = new ToolChoice { Mode = "none" };
        foreach (var request in new[] { Chat.Request(Chat.User("a")), none })
        {
            tracker.Answer(ScriptedChoice.Text(Call));
            var choice = (await tracker.ChatAsync("", request)).Completion.Choices[0];
            Assert.Equal(("stop", Call), (choice.FinishReason, choice.Message.Content));
            Assert.Empty(choice.Message.ToolCalls);
        }
    }

    [Fact]
    public async Task A_call_in_an_answer_cut_by_length_does_not_change_its_finish_reason()
    {
        await using var tracker = new Tracker();
        tracker.Answer(ScriptedChoice.Cut(Call + " and"));

        var choice = (await tracker.ChatAsync("", Request(Chat.User("a")))).Completion.Choices[0];

        Assert.Equal("length", choice.FinishReason);
        Assert.Single(choice.Message.ToolCalls);
    }

    [Fact]
    public async Task A_stream_gives_id_type_and_name_once_and_then_pieces_of_arguments()
    {
        await using var tracker = new Tracker();
        tracker.Answer(ScriptedChoice.Text("Look: " + Call + Call));

        var chunks = await tracker.StreamAsync("", Request(Chat.User("a")));

        var calls = chunks.SelectMany(c => c.Chunk.Choices).SelectMany(c => c.Delta.ToolCalls).ToList();
        foreach (var index in new[] { 0, 1 })
        {
            var ofCall = calls.Where(call => call.Index == index).ToList();
            Assert.True(ofCall[0] is { HasId: true, Type: "function", Function.Name: "search" });
            Assert.All(ofCall.Skip(1), call => Assert.False(call.HasId || call.HasType || call.Function.HasName));
            Assert.Equal("{\"query\": \"cats\", \"n\": 1}", string.Concat(ofCall.Select(call => call.Function.Arguments)));
        }

        Assert.Equal("tool_calls", chunks[^1].Chunk.Choices[0].FinishReason);
        Assert.All(chunks.SelectMany(c => c.Chunk.Choices), c => Assert.False(c.Delta is { HasContent: true, Content.Length: > 0, ToolCalls.Count: > 0 }));
    }

    [Fact]
    public async Task An_abort_is_recorded_as_abort_and_told_as_length()
    {
        await using var tracker = new Tracker();
        var uuid = await tracker.CreateSessionAsync();
        tracker.Answer(ScriptedChoice.Cut("half") with { Finish = FinishReason.Abort });

        var choice = (await tracker.ChatAsync(uuid, Chat.Request(Chat.User("a")))).Completion.Choices[0];

        Assert.Equal("length", choice.FinishReason);
        Assert.Equal("abort", Assert.Single(await tracker.NodesAsync(uuid)).Metadata.FinishReason);
    }

    private static ChatCompletionRequest Request(params ChatMessage[] messages)
    {
        var request = Chat.Request(messages);
        request.Tools.Add(Chat.Tool("search"));
        return request;
    }
}
