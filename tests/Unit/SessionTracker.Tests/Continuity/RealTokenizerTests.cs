using Atropos.Hosting.InProcess;
using Atropos.Router.V1;
using Atropos.Sessions.V1;
using Atropos.SessionTracker.Tests.Support;
using Atropos.Tokenizer.V1;
using Atropos.TokenizerService;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using OpenAI.V1;

namespace Atropos.SessionTracker.Tests.Continuity;

/// <summary>The tracker with the tokenizer service that the product has, its embedded tokenizer and its chat template.</summary>
public sealed class RealTokenizerTests : IAsyncDisposable
{
    private const string Call = "<tool_call>\n{\"name\": \"search\", \"arguments\": {\"query\": \"cats\"}}\n</tool_call>";

    private readonly ServiceProvider _services;
    private readonly Tokenizer.V1.TokenizerService.TokenizerServiceClient _tokenizer;
    private readonly Tracker _tracker;

    public RealTokenizerTests()
    {
        _services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System)
            .AddTokenizerService(new TokenizerServiceOptions()).BuildServiceProvider();
        var invoker = new InProcessCallInvoker(new InProcessServices().AddTokenizerService(_services));
        _tokenizer = new(invoker);
        _tracker = new Tracker(otherTokenizer: invoker);
        _tracker.Router.Models[0].Tokenizer = "";
    }

    public async ValueTask DisposeAsync()
    {
        await _tracker.DisposeAsync();
        await _services.DisposeAsync();
    }

    [Fact]
    public async Task Plain_cut_and_tool_turns_are_one_node_of_exactly_what_was_sent_and_sampled()
    {
        var uuid = await _tracker.CreateSessionAsync();
        var request = Chat.Request(Chat.System("You help."), Chat.User("Find cats, please."));
        request.Tools.Add(Chat.Tool("search"));
        request.Logprobs = true;
        var answers = new[]
        {
            await AnswerAsync(Call, ends: true),
            await AnswerAsync("I found thr", ends: false),
            await AnswerAsync("Two: " + Call + Call, ends: true),
            await AnswerAsync("All done. 🙂", ends: true),
        };

        for (var turn = 0; turn < answers.Length; turn++)
        {
            _tracker.Answer(answers[turn]);
            var choice = (await _tracker.ChatAsync(uuid, request)).Completion.Choices[0];
            Assert.Equal(answers[turn].Ids.Length, choice.Logprobs.Content.Count);
            var node = Assert.Single(await _tracker.NodesAsync(uuid));
            Assert.Equal("", node.Metadata.BranchReason);
            var sent = _tracker.Router.Requests[turn].Tokens.TokenIds;
            Assert.Equal([.. sent, .. answers[turn].Ids], node.Tokens);
            Assert.Equal(answers.Take(turn + 1).Sum(a => a.Ids.Length), node.MaskedTokens.Count(id => id != -100));
            request.Messages.Add(Chat.Echo(choice.Message));
            request.Messages.AddRange(choice.Message.ToolCalls.Select(call => Chat.ToolResult(call.Id, "3 cats")));
            if (choice.Message.ToolCalls.Count == 0)
            {
                request.Messages.Add(Chat.User("Go on."));
            }
        }

        Assert.Equal(0, (await _tracker.DescribeAsync(uuid)).ContinuityFallbacks);
        Assert.Equal(["tool_calls", "length", "tool_calls", "stop"], (await _tracker.NodesAsync(uuid, "tree")).Select(n => n.Metadata.ClientFinishReason));
    }

    [Theory]
    [InlineData("append", 2, 1)]
    [InlineData("keep", 1, 0)]
    [InlineData("render", 2, 0)]
    public async Task A_template_that_moves_what_was_given_branches_unless_it_is_to_stay(string policy, int leaves, int fallbacks)
    {
        // As Mistral's do: the tools stand before the last user's message.
        const string Moving =
            "{% for m in messages %}{% if loop.last %}TOOLS{% endif %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}"
            + "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}";
        var uuid = await _tracker.CreateSessionAsync(new CreateSessionRequest { HistoryPolicy = policy, ChatTemplate = Moving });
        var request = Chat.Request(Chat.User("a"));
        var answers = new[] { await AnswerAsync("b", ends: true), await AnswerAsync("d", ends: true) };

        foreach (var answer in answers)
        {
            _tracker.Answer(answer);
            request.Messages.Add(Chat.Echo((await _tracker.ChatAsync(uuid, request)).Completion.Choices[0].Message));
            request.Messages.Add(Chat.User("c"));
        }

        var nodes = await _tracker.NodesAsync(uuid);
        Assert.Equal(leaves, nodes.Count);
        Assert.Equal(fallbacks, (await _tracker.DescribeAsync(uuid)).ContinuityFallbacks);
        var before = _tracker.Router.Requests[0].Tokens.TokenIds.Concat(answers[0].Ids);
        Assert.Equal(policy == "keep", _tracker.Router.Requests[1].Tokens.TokenIds.Take(before.Count()).SequenceEqual(before));
    }

    [Fact]
    public async Task A_stream_adds_up_to_the_whole_answer()
    {
        var request = Chat.Request(Chat.User("a"));
        request.Tools.Add(Chat.Tool("search"));
        (request.Stop, request.Logprobs, request.TopLogprobs) = (new StopSequences { One = "halt" }, true, 1);
        var answer = await AnswerAsync("Well… 🙂 " + Call + " and now halt it", ends: true) with { EventSize = 1 };
        _tracker.Answer(answer);
        _tracker.Answer(answer);

        var whole = (await _tracker.ChatAsync("", request)).Completion.Choices[0];
        var parts = (await _tracker.StreamAsync("", request)).SelectMany(c => c.Chunk.Choices).ToList();

        Assert.Equal(whole.Message.HasContent ? whole.Message.Content : "", string.Concat(parts.Select(p => p.Delta.Content)));
        Assert.Equal("{\"query\": \"cats\"}", string.Concat(parts.SelectMany(p => p.Delta.ToolCalls).Select(c => c.Function.Arguments)));
        Assert.Equal(whole.Logprobs.Content, parts.SelectMany(p => p.Logprobs?.Content ?? []));
        Assert.Equal(("halt", "tool_calls"), (whole.StopReason.Text, parts[^1].FinishReason));
    }

    [Fact]
    public async Task A_parser_that_there_is_not_is_refused_when_the_session_is_created()
    {
        var error = await Assert.ThrowsAsync<RpcException>(
            () => _tracker.CreateSessionAsync(new CreateSessionRequest { ToolParser = "nope" }));

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Contains("hermes", error.Status.Detail);
    }

    private async Task<ScriptedChoice> AnswerAsync(string text, bool ends)
    {
        var ids = (await _tokenizer.EncodeAsync(new EncodeRequest { Text = text })).TokenIds;
        var info = (await _tokenizer.GetTokenizerAsync(new GetTokenizerRequest())).Info;
        return new ScriptedChoice(ends ? [.. ids, info.EndTokenIds[0]] : [.. ids])
        {
            Finish = ends ? FinishReason.Stop : FinishReason.Length,
        };
    }
}
