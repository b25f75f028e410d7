using Atropos.Router.V1;
using Atropos.Sessions.V1;
using Atropos.SessionTracker.Tests.Support;
using Grpc.Core;
using OpenAI.V1;

namespace Atropos.SessionTracker.Tests.Turns;

public sealed class ChatStreamTests
{
    [Fact]
    public async Task A_stream_begins_with_the_role_and_ends_with_the_reason_and_usage()
    {
        await using var tracker = new Tracker();
        var uuid = await tracker.CreateSessionAsync();
        var request = Chat.Request(Chat.User("a"));
        request.StreamOptions = new StreamOptions { IncludeUsage = true };

        var chunks = await tracker.StreamAsync(uuid, request);

        var first = Assert.Single(chunks[0].Chunk.Choices);
        Assert.Equal(("assistant", ""), (first.Delta.Role, first.Delta.Content));
        Assert.All(chunks.Skip(1).SelectMany(c => c.Chunk.Choices), c => Assert.False(c.Delta.HasRole));
        var last = Assert.Single(chunks[^2].Chunk.Choices);
        Assert.Equal("stop", last.FinishReason);
        Assert.Equal(new AnswerDelta(), last.Delta);
        Assert.All(chunks.SkipLast(1), c => Assert.Equal(ChunkUsage.KindOneofCase.None_, c.Chunk.Usage.KindCase));
        Assert.Empty(chunks[^1].Chunk.Choices);
        var usage = chunks[^1].Chunk.Usage.Usage;
        Assert.Equal((tracker.Router.Requests[0].Tokens.TokenIds.Count, 6), (usage.PromptTokens, usage.CompletionTokens));
        Assert.Equal(usage.PromptTokens + 6, usage.TotalTokens);
        Assert.Equal(2, usage.PromptTokensDetails.CachedTokens);
        Assert.Single(chunks.Select(c => (c.Chunk.Id, c.Chunk.Created, c.Chunk.Model, c.Chunk.Object)).Distinct());
        Assert.StartsWith("chatcmpl-", chunks[0].Chunk.Id);
        Assert.Equal(Assert.Single(await tracker.NodesAsync(uuid)).Metadata.NodeId, Assert.Single(chunks[^1].NodeIds));
    }

    [Fact]
    public async Task Without_include_usage_no_chunk_has_usage_or_no_choices()
    {
        await using var tracker = new Tracker();

        var chunks = await tracker.StreamAsync("", Chat.Request(Chat.User("a")));

        Assert.All(chunks, c => Assert.Null(c.Chunk.Usage));
        Assert.All(chunks, c => Assert.Single(c.Chunk.Choices));
    }

    [Theory]
    [InlineData("plain text, é and 🙂", 1)]
    [InlineData("a long one that has ENough of the stop to hold back", 2)]
    [InlineData("before ENDafter", 5)]
    [InlineData("<tool_call>{\"name\":\"f\",\"arguments\":{\"x\":\"é\"}}</tool_call>tail", 1)]
    [InlineData("", 3)]
    public async Task A_stream_adds_up_to_the_whole_answer_and_carries_every_token_once(string text, int eventSize)
    {
        await using var tracker = new Tracker();
        var uuid = await tracker.CreateSessionAsync();
        var request = Chat.Request(Chat.User("a"));
        request.Stop = new StopSequences { One = "END" };
        request.Tools.Add(Chat.Tool("f"));
        (request.Logprobs, request.TopLogprobs, request.ReturnTokenIds, request.N) = (true, 2, true, 2);
        var choices = new[] { ScriptedChoice.Text(text) with { EventSize = eventSize }, ScriptedChoice.Cut("other " + text) };
        tracker.Answer(choices);
        tracker.Answer(choices);

        var whole = (await tracker.ChatAsync(uuid, request)).Completion;
        var chunks = (await tracker.StreamAsync(uuid, request)).Select(c => c.Chunk).ToList();

        Assert.Equal(whole.PromptTokenIds, chunks[0].PromptTokenIds);
        for (var i = 0; i < 2; i++)
        {
            var parts = chunks.SelectMany(c => c.Choices).Where(c => c.Index == i).ToList();
            Assert.Equal(whole.Choices[i].Message.Content, string.Concat(parts.Select(p => p.Delta.Content)));
            Assert.Equal(
                whole.Choices[i].Message.ToolCalls.Select(call => call.Function.Arguments),
                parts.SelectMany(p => p.Delta.ToolCalls).GroupBy(c => c.Index).Select(g => string.Concat(g.Select(c => c.Function.Arguments))));
            Assert.Equal(whole.Choices[i].TokenIds, parts.SelectMany(p => p.TokenIds));
            Assert.Equal(whole.Choices[i].Logprobs?.Content ?? [], parts.SelectMany(p => p.Logprobs?.Content ?? []));
            Assert.Equal(whole.Choices[i].FinishReason, parts[^1].FinishReason);
            Assert.Equal(whole.Choices[i].StopReason, parts[^1].StopReason);
            Assert.Equal(whole.Choices[i].TokenIds.Count, whole.Choices[i].Logprobs?.Content.Count ?? 0);
        }

        var nodes = await tracker.NodesAsync(uuid);
        Assert.Equal(4, nodes.Count);
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(nodes[i].Tokens, nodes[i + 2].Tokens);
            Assert.Equal(nodes[i].Logprobs, nodes[i + 2].Logprobs);
        }
    }

    [Fact]
    public async Task Completions_of_several_choices_interleave_and_become_siblings()
    {
        await using var tracker = new Tracker();
        var uuid = await tracker.CreateSessionAsync();
        var request = Chat.Request(Chat.User("a"));
        request.N = 3;
        var choices = new[] { "first one", "second one", "second one" }.Select(ScriptedChoice.Text).ToArray();
        tracker.Answer(choices);

        var chunks = await tracker.StreamAsync(uuid, request);

        var order = chunks.SelectMany(c => c.Chunk.Choices).Where(c => c.Delta is { HasContent: true, HasRole: false }).Select(c => c.Index).ToList();
        Assert.NotEqual(order.Order(), order);
        Assert.Equal(3, chunks[^1].NodeIds.Count);
        var nodes = await tracker.NodesAsync(uuid);
        Assert.Equal(chunks[^1].NodeIds, nodes.Select(node => node.Metadata.NodeId));
        Assert.Equal([0, 1, 2], nodes.Select(node => node.Metadata.ChoiceIndex));
        Truth.Holds(tracker, nodes, choices);
    }

    [Fact]
    public async Task What_a_client_saw_finish_has_been_recorded()
    {
        await using var tracker = new Tracker();
        var uuid = await tracker.CreateSessionAsync();
        using var call = tracker.Completions.StreamChatCompletion(
            new StreamChatCompletionRequest { Uuid = uuid, Request = Chat.Request(Chat.User("a")) });

        await foreach (var chunk in call.ResponseStream.ReadAllAsync())
        {
            if (chunk.Chunk.Choices[0].HasFinishReason)
            {
                Assert.Single(await tracker.NodesAsync(uuid));
                return;
            }
        }

        Assert.Fail("No chunk had a finish reason.");
    }

    [Fact]
    public async Task A_client_that_leaves_aborts_generation_and_nothing_is_recorded()
    {
        await using var tracker = new Tracker();
        var uuid = await tracker.CreateSessionAsync();
        tracker.Router.Script = EndlessAsync;
        using var leaving = new CancellationTokenSource();
        using var call = tracker.Completions.StreamChatCompletion(
            new StreamChatCompletionRequest { Uuid = uuid, Request = Chat.Request(Chat.User("a")) }, cancellationToken: leaving.Token);
        await call.ResponseStream.MoveNext(CancellationToken.None);

        await leaving.CancelAsync();

        await tracker.Router.Cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Empty(await tracker.NodesAsync(uuid));
        Assert.Equal(0, (await tracker.DescribeAsync(uuid)).TurnCount);
    }

    [Fact]
    public async Task An_engine_that_fails_in_mid_answer_is_an_error_and_a_retry_is_recorded_once()
    {
        await using var tracker = new Tracker();
        var uuid = await tracker.CreateSessionAsync();
        tracker.Router.Script = (request, token) => CutShortAsync(
            request, 2, new Hosting.Errors.AtroposException(StatusCode.Unavailable, "ENGINE_DIED", "Engine engine-0 died."), token);

        var error = await Assert.ThrowsAsync<RpcException>(() => tracker.StreamAsync(uuid, Chat.Request(Chat.User("a"))));

        Assert.Equal((StatusCode.Unavailable, "Engine engine-0 died."), (error.StatusCode, error.Status.Detail));
        Assert.Empty(await tracker.NodesAsync(uuid));
        tracker.Router.Script = null;
        await tracker.StreamAsync(uuid, Chat.Request(Chat.User("a")));
        Assert.Single(await tracker.NodesAsync(uuid));
    }

    [Fact]
    public async Task An_answer_that_ends_without_a_reason_is_an_error()
    {
        await using var tracker = new Tracker();
        var uuid = await tracker.CreateSessionAsync();
        tracker.Router.Script = (request, token) => CutShortAsync(request, 2, null, token);

        var error = await Assert.ThrowsAsync<RpcException>(() => tracker.ChatAsync(uuid, Chat.Request(Chat.User("a"))));

        Assert.Equal(StatusCode.Internal, error.StatusCode);
        Assert.Contains("unfinished", error.Status.Detail);
        Assert.Empty(await tracker.NodesAsync(uuid));
    }

    private static async IAsyncEnumerable<GenerateResponse> EndlessAsync(
        GenerateRequest request, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new GenerateResponse { Started = ScriptedRouter.Started() };
        yield return new GenerateResponse { Sampled = new SampledTokens { TokenIds = { 'a' }, Logprobs = { -1f } } };
        await Task.Delay(Timeout.Infinite, cancellationToken);
    }

    private static async IAsyncEnumerable<GenerateResponse> CutShortAsync(
        GenerateRequest request,
        int events,
        Exception? failure,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var left = events;
        await foreach (var response in ScriptedRouter.EventsOf(request, [ScriptedChoice.Text("long enough an answer")], cancellationToken))
        {
            if (left-- == 0)
            {
                break;
            }

            yield return response;
        }

        if (failure is not null)
        {
            throw failure;
        }
    }
}
