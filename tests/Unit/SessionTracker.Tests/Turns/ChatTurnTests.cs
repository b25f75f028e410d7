using Atropos.Router.V1;
using Atropos.Sessions.V1;
using Atropos.SessionTracker.Tests.Support;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using OpenAI.V1;

namespace Atropos.SessionTracker.Tests.Turns;

public sealed class ChatTurnTests
{
    [Fact]
    public async Task A_stop_string_inside_a_token_trims_the_text_and_keeps_the_token()
    {
        await using var tracker = new Tracker();
        var uuid = await tracker.CreateSessionAsync();
        var runsOn = new ScriptedChoice('a', 'b', ByteVocabulary.Straddling, 'c', 'd', 'e', 'f', 'g', ByteVocabulary.TurnEnd) { EventSize = 5 };
        tracker.Answer(runsOn);
        var request = Chat.Request(Chat.User("a"));
        request.Stop = new StopSequences { Many = new StringList { Values = { "never", "END" } } };

        var choice = (await tracker.ChatAsync(uuid, request)).Completion.Choices[0];

        Assert.Equal(("abx", "stop", "END"), (choice.Message.Content, choice.FinishReason, choice.StopReason.Text));
        Assert.Equal(["never", "END"], tracker.Router.Requests[0].Sampling.Stop);
        var node = Assert.Single(await tracker.NodesAsync(uuid));
        Assert.Equal(['a', 'b', ByteVocabulary.Straddling], node.MaskedTokens.Where(id => id != -100));
        await tracker.SayAsync(uuid, [Chat.User("a"), Chat.Echo(choice.Message), Chat.User("b")], "y");
        Truth.Holds(tracker, [Assert.Single(await tracker.NodesAsync(uuid))], runsOn, ScriptedChoice.Text("y"));
    }

    [Fact]
    public async Task An_engine_that_runs_on_beyond_every_stop_string_is_aborted()
    {
        await using var tracker = new Tracker();
        tracker.Answer(new ScriptedChoice([.. ByteVocabulary.Encode("aENDbcdefghijklmnop")]) { EventSize = 1, RunsOn = true });
        var request = Chat.Request(Chat.User("a"));
        request.Stop = new StopSequences { One = "END" };

        var completion = (await tracker.ChatAsync("", request)).Completion;

        Assert.Equal("a", completion.Choices[0].Message.Content);
        Assert.Equal(4, completion.Usage.CompletionTokens);
        await tracker.Router.Cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task The_stop_string_is_in_the_text_where_that_is_asked_for()
    {
        await using var tracker = new Tracker();
        tracker.Answer(ScriptedChoice.Text("aENDb"));
        var request = Chat.Request(Chat.User("a"));
        (request.Stop, request.IncludeStopStrInOutput) = (new StopSequences { One = "END" }, true);

        Assert.Equal("aEND", (await tracker.ChatAsync("", request)).Completion.Choices[0].Message.Content);
    }

    [Fact]
    public async Task Logprobs_are_those_of_the_engine_and_the_likeliest_come_first()
    {
        await using var tracker = new Tracker();
        var answer = new ScriptedChoice([.. ByteVocabulary.Encode("é"), ByteVocabulary.TurnEnd]);
        tracker.Answer(answer);
        var request = Chat.Request(Chat.User("a"));
        (request.Logprobs, request.TopLogprobs) = (true, 2);

        var content = (await tracker.ChatAsync("", request)).Completion.Choices[0].Logprobs.Content;

        Assert.Equal(2, tracker.Router.Requests[0].TopLogprobs);
        Assert.Equal([answer.Logprob(0), answer.Logprob(1), answer.Logprob(2)], content.Select(entry => entry.Logprob));
        Assert.Equal([0xC3], content[0].Bytes);
        Assert.Equal("\uFFFD", content[0].Token);
        Assert.Equal("<|im_end|>", content[2].Token);
        Assert.All(content, entry => Assert.Equal(2, entry.TopLogprobs.Count));
        Assert.Equal(("\uFFFD", "z"), (content[0].TopLogprobs[0].Token, content[0].TopLogprobs[1].Token));
    }

    [Fact]
    public async Task Thinking_is_kept_apart_where_the_session_has_a_reasoning_parser()
    {
        await using var tracker = new Tracker();
        var uuid = await tracker.CreateSessionAsync(new CreateSessionRequest { ReasoningParser = "think" });
        var request = Chat.Request(Chat.User("a"));
        request.ChatTemplateKwargs = Chat.Flags("think");
        tracker.Answer(ScriptedChoice.Text("hm</think>yes"));

        var completion = (await tracker.ChatAsync(uuid, request)).Completion;

        Assert.Equal(("hm", "yes"), (completion.Choices[0].Message.ReasoningContent, completion.Choices[0].Message.Content));
        Assert.Equal(10, completion.Usage.CompletionTokensDetails.ReasoningTokens);
        request.Messages.Add(Chat.Echo(completion.Choices[0].Message));
        request.Messages.Add(Chat.User("b"));
        tracker.Answer(ScriptedChoice.Text("k</think>z"));
        await tracker.ChatAsync(uuid, request);
        Assert.Equal(2, Assert.Single(await tracker.NodesAsync(uuid)).Metadata.TurnCount);
    }

    [Fact]
    public async Task Sampling_parameters_reach_the_engine_and_the_node()
    {
        await using var tracker = new Tracker();
        var uuid = await tracker.CreateSessionAsync();
        var request = Chat.Request(Chat.User("a"));
        (request.Temperature, request.TopP, request.TopK, request.Seed, request.MaxTokens) = (0.5f, 0.9f, 0, 7, 99);
        request.MaxCompletionTokens = 12;
        request.LogitBias["5"] = -3;
        request.Extra = new Struct { Fields = { ["best_of"] = Value.ForNumber(1) } };

        await tracker.ChatAsync(uuid, request);

        var sent = tracker.Router.Requests[0];
        Assert.Equal((0.5f, 0.9f, 7L, 12, -3f), (sent.Sampling.Temperature, sent.Sampling.TopP, sent.Sampling.Seed, sent.Sampling.MaxTokens, sent.Sampling.LogitBias[5]));
        Assert.False(sent.Sampling.HasMinP);
        Assert.Equal(1, sent.Extra.Fields["best_of"].NumberValue);
        Assert.Equal(("engine-0", uuid, "base"), (sent.PreferredEngine, sent.AffinityKey, sent.Model));
        var span = Assert.Single(Assert.Single(await tracker.NodesAsync(uuid)).Metadata.Spans);
        Assert.Equal((0.5f, -1, 1f, true), (span.Sampling.Temperature, span.Sampling.TopK, span.Sampling.RepetitionPenalty, span.Sampling.Constrained));
        Assert.Equal(("engine-0", "v1", "raw"), (span.EngineId, span.WeightVersion, span.LogprobKind));
    }

    [Fact]
    public async Task Without_max_tokens_none_is_sent()
    {
        await using var tracker = new Tracker();

        await tracker.ChatAsync("", Chat.Request(Chat.User("a")));

        Assert.False(tracker.Router.Requests[0].Sampling.HasMaxTokens);
    }

    [Fact]
    public async Task Another_engine_that_goes_on_is_a_span_of_its_own()
    {
        await using var tracker = new Tracker();
        var uuid = await tracker.CreateSessionAsync();
        tracker.Router.Script = (_, _) => ResumedAsync();

        await tracker.ChatAsync(uuid, Chat.Request(Chat.User("a")));

        var node = Assert.Single(await tracker.NodesAsync(uuid));
        Assert.Equal(
            [("engine-0", "v1", 2), ("engine-1", "v2", 1), ("engine-1", "v3", 1)],
            node.Metadata.Spans.Select(span => (span.EngineId, span.WeightVersion, span.End - span.Start)));
    }

    [Fact]
    public async Task A_retry_of_the_same_request_is_a_sibling()
    {
        await using var tracker = new Tracker();
        var uuid = await tracker.CreateSessionAsync();
        await tracker.SayAsync(uuid, [Chat.User("a")], "x");
        await tracker.SayAsync(uuid, [Chat.User("a")], "x");

        var nodes = await tracker.NodesAsync(uuid);
        Assert.Equal(2, nodes.Count);
        Assert.Equal(2, nodes.Select(node => node.Metadata.NodeId).Distinct().Count());
        Assert.Equal(2, (await tracker.DescribeAsync(uuid)).TurnCount);
    }

    [Fact]
    public async Task Turns_at_once_in_one_session_each_extend_the_turn_that_they_share()
    {
        await using var tracker = new Tracker();
        var uuid = await tracker.CreateSessionAsync();
        var first = await tracker.SayAsync(uuid, [Chat.User("a")], "x");
        tracker.Router.Script = (request, token) => ScriptedRouter.EventsOf(request, [ScriptedChoice.Text("same") with { EventSize = 1 }], token);

        await Task.WhenAll(Enumerable.Range(0, 32).Select(i => tracker.ChatAsync(uuid, Chat.Request(Chat.User("a"), first, Chat.User($"agent {i}")))));

        var nodes = await tracker.NodesAsync(uuid);
        Assert.Equal(32, nodes.Count);
        Assert.Single(nodes.Select(node => node.Metadata.ParentId).Distinct());
        Truth.Holds(tracker, nodes, ScriptedChoice.Text("x"), ScriptedChoice.Text("same"));
    }

    [Fact]
    public async Task Without_a_session_a_turn_is_answered_and_nothing_is_kept()
    {
        await using var tracker = new Tracker();

        var response = await tracker.ChatAsync("", Chat.Request(Chat.User("a")));

        Assert.Equal("Hello", response.Completion.Choices[0].Message.Content);
        Assert.Empty(response.NodeIds);
        Assert.Empty((await tracker.Sessions.ListSessionsAsync(new ListSessionsRequest())).Sessions);
    }

    [Fact]
    public async Task Tokens_without_logprobs_are_refused_unless_the_session_allows_them()
    {
        await using var tracker = new Tracker();
        tracker.Router.Script = (_, _) => UntrackedAsync();
        var strict = await tracker.CreateSessionAsync();
        var loose = await tracker.CreateSessionAsync(new CreateSessionRequest { AllowUntracked = true });

        var error = await Assert.ThrowsAsync<RpcException>(() => tracker.ChatAsync(strict, Chat.Request(Chat.User("a"))));
        var answer = await tracker.ChatAsync(loose, Chat.Request(Chat.User("a")));

        Assert.Equal(StatusCode.Internal, error.StatusCode);
        Assert.Empty(await tracker.NodesAsync(strict));
        Assert.Equal("only text", answer.Completion.Choices[0].Message.Content);
        Assert.Equal(3, answer.Completion.Usage.CompletionTokens);
        var node = Assert.Single(await tracker.NodesAsync(loose));
        Assert.False(node.Metadata.Tracked);
        Assert.All(node.MaskedTokens, id => Assert.Equal(-100, id));
        await tracker.ChatAsync(loose, Chat.Request(Chat.User("a"), Chat.Assistant("only text"), Chat.User("b")));
        Assert.Equal(2, (await tracker.NodesAsync(loose)).Count);
    }

    private static async IAsyncEnumerable<GenerateResponse> ResumedAsync()
    {
        await Task.Yield();
        yield return new GenerateResponse { Started = ScriptedRouter.Started() };
        yield return new GenerateResponse { Sampled = new SampledTokens { TokenIds = { 'a', 'b' }, Logprobs = { -1f, -2f } } };
        var other = ScriptedRouter.Started();
        (other.EngineId, other.WeightVersion, other.Attempt) = ("engine-1", "v2", 2);
        yield return new GenerateResponse { Started = other };
        yield return new GenerateResponse { Sampled = new SampledTokens { TokenIds = { 'c' }, Logprobs = { -3f } } };
        yield return new GenerateResponse { Sampled = new SampledTokens { TokenIds = { 'd' }, Logprobs = { 0f }, WeightVersion = "v3" } };
        yield return new GenerateResponse { Finished = new CompletionFinished { FinishReason = FinishReason.Stop } };
    }

    private static async IAsyncEnumerable<GenerateResponse> UntrackedAsync()
    {
        await Task.Yield();
        var started = ScriptedRouter.Started();
        started.Tracked = false;
        yield return new GenerateResponse { Started = started };
        yield return new GenerateResponse { Sampled = new SampledTokens { UntrackedText = "only " } };
        yield return new GenerateResponse { Sampled = new SampledTokens { UntrackedText = "text" } };
        yield return new GenerateResponse { Finished = new CompletionFinished { FinishReason = FinishReason.Stop } };
        yield return new GenerateResponse { Usage = new GenerationUsage { CompletionTokens = 3 } };
    }
}
