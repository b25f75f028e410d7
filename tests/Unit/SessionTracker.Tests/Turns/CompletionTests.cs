using Atropos.Sessions.V1;
using Atropos.SessionTracker.Tests.Support;
using Grpc.Core;
using OpenAI.V1;

namespace Atropos.SessionTracker.Tests.Turns;

public sealed class CompletionTests
{
    [Fact]
    public async Task A_prompt_that_is_the_nodes_text_and_more_extends_it()
    {
        await using var tracker = new Tracker();
        var uuid = await tracker.CreateSessionAsync();
        tracker.Answer(ScriptedChoice.Cut(" World"));
        tracker.Answer(ScriptedChoice.Cut("?"));

        var first = await tracker.CompleteAsync(uuid, Text("Hello"));
        await tracker.CompleteAsync(uuid, Text("Hello World!"));

        Assert.Equal((" World", "length", "text_completion"), (first.Choices[0].Text, first.Choices[0].FinishReason, first.Object));
        Assert.StartsWith("cmpl-", first.Id);
        var node = Assert.Single(await tracker.NodesAsync(uuid));
        Assert.Equal([ByteVocabulary.Begin, .. ByteVocabulary.Encode("Hello World!?")], node.Tokens);
        Assert.Equal(16, tracker.Router.Requests[0].Sampling.MaxTokens);
        Truth.Holds(tracker, [node], ScriptedChoice.Cut(" World"), ScriptedChoice.Cut("?"));
    }

    [Fact]
    public async Task A_prompt_that_equals_the_nodes_text_extends_it_by_nothing()
    {
        await using var tracker = new Tracker();
        var uuid = await tracker.CreateSessionAsync();
        tracker.Answer(ScriptedChoice.Text(" World"));

        await tracker.CompleteAsync(uuid, Text("Hello"));
        await tracker.CompleteAsync(uuid, Text("Hello World"));

        var node = Assert.Single(await tracker.NodesAsync(uuid));
        Assert.Equal(2, node.Metadata.TurnCount);
        Assert.Equal(tracker.Router.Requests[0].Tokens.TokenIds.Count + 7, tracker.Router.Requests[1].Tokens.TokenIds.Count);
    }

    [Fact]
    public async Task A_prompt_of_ids_is_used_as_it_is_and_matched_by_ids()
    {
        await using var tracker = new Tracker();
        var uuid = await tracker.CreateSessionAsync();
        var odd = new ScriptedChoice(ByteVocabulary.Word, 'd');
        tracker.Answer(odd);

        await tracker.CompleteAsync(uuid, Ids(1, 2));
        await tracker.CompleteAsync(uuid, Ids(1, 2, ByteVocabulary.Word, 'd', 3));
        await tracker.CompleteAsync(uuid, Ids(1, 2, 'w', 'o', 'r', 'd', 3));

        var nodes = await tracker.NodesAsync(uuid);
        Assert.Equal([2, 1], nodes.Select(node => node.Metadata.TurnCount));
        Truth.Holds(tracker, nodes, odd, ScriptedChoice.Text("Hello"));
    }

    [Fact]
    public async Task The_longest_text_wins_and_not_the_first()
    {
        await using var tracker = new Tracker();
        var uuid = await tracker.CreateSessionAsync();
        tracker.Answer(ScriptedChoice.Cut("=1"));
        tracker.Answer(ScriptedChoice.Cut("0"));
        tracker.Answer(ScriptedChoice.Cut("!"));

        await tracker.CompleteAsync(uuid, Text("n"));
        await tracker.CompleteAsync(uuid, Text("n=1"));
        await tracker.CompleteAsync(uuid, Text("n=10 ok"));

        Assert.Equal(3, Assert.Single(await tracker.NodesAsync(uuid)).Metadata.TurnCount);
    }

    [Fact]
    public async Task A_node_whose_end_token_is_hidden_wins_over_a_shorter_whole_text()
    {
        await using var tracker = new Tracker();
        var uuid = await tracker.CreateSessionAsync();
        tracker.Answer(ScriptedChoice.Cut(" W"));
        tracker.Answer(ScriptedChoice.Text("orld"));
        foreach (var prompt in new[] { "Hello", "Hello W", "Hello World, again" })
        {
            // Without a leading special token both the whole and the visible text of the first node begin the prompt.
            var request = Text(prompt);
            request.AddSpecialTokens = false;
            await tracker.CompleteAsync(uuid, request);
        }

        var node = Assert.Single(await tracker.NodesAsync(uuid));
        Assert.Equal(3, node.Metadata.TurnCount);
        Assert.StartsWith("Hello World<|im_end|>, again", node.FullText);
        Truth.Holds(tracker, [node], ScriptedChoice.Cut(" W"), ScriptedChoice.Text("orld"), ScriptedChoice.Text("Hello"));
    }

    [Fact]
    public async Task Text_behind_a_trimmed_stop_string_extends_the_node_that_has_it()
    {
        await using var tracker = new Tracker();
        var uuid = await tracker.CreateSessionAsync();
        var cut = new ScriptedChoice([.. ByteVocabulary.Encode("act\nObs:")]) { Stop = "Obs:" };
        tracker.Answer(cut);
        var request = Text("Do:");
        request.Stop = new StopSequences { One = "Obs:" };

        var first = await tracker.CompleteAsync(uuid, request);
        await tracker.CompleteAsync(uuid, Text("Do:" + first.Choices[0].Text + "Obs: 42"));

        Assert.Equal("act\n", first.Choices[0].Text);
        Assert.Equal(2, Assert.Single(await tracker.NodesAsync(uuid)).Metadata.TurnCount);
    }

    [Fact]
    public async Task Several_prompts_give_their_choices_one_prompt_after_the_other()
    {
        await using var tracker = new Tracker();
        var uuid = await tracker.CreateSessionAsync();
        tracker.Router.Script = (request, token) => ScriptedRouter.EventsOf(
            request,
            [.. Enumerable.Range(0, request.N).Select(i => ScriptedChoice.Text($"{ByteVocabulary.Decode(request.Tokens.TokenIds, true)}{i}"))],
            token);
        var request = new CompletionRequest { Prompt = new CompletionPrompt { Texts = new StringList { Values = { "a", "b" } } }, N = 2, Echo = true };

        var whole = await tracker.CompleteAsync(uuid, request);
        var chunks = await StreamAsync(tracker, uuid, request);

        Assert.Equal(["aa0", "aa1", "bb0", "bb1"], whole.Choices.Select(choice => choice.Text));
        Assert.Equal([0, 1, 2, 3], whole.Choices.Select(choice => choice.Index));
        Assert.Equal(12, whole.Usage.Usage.CompletionTokens);
        Assert.Equal(4, whole.Usage.Usage.PromptTokens);
        foreach (var choice in whole.Choices)
        {
            var parts = chunks.SelectMany(c => c.Chunk.Choices).Where(c => c.Index == choice.Index).ToList();
            Assert.Equal(choice.Text, string.Concat(parts.Select(part => part.Text)));
            Assert.Equal("stop", parts[^1].FinishReason);
        }

        Assert.Equal(8, (await tracker.NodesAsync(uuid)).Count);
        Assert.Equal(4, chunks[^1].NodeIds.Count);
    }

    [Fact]
    public async Task Chunks_of_several_prompts_carry_the_tokens_of_their_own_text()
    {
        await using var tracker = new Tracker();
        tracker.Router.Script = (request, token) =>
            ScriptedRouter.EventsOf(request, [ScriptedChoice.Text(new string('x', 60)) with { EventSize = 1 }], token);
        var prompts = Enumerable.Range(0, 16).Select(i => $"p{i}");
        var request = new CompletionRequest { Prompt = new CompletionPrompt { Texts = new StringList { Values = { prompts } } }, ReturnTokenIds = true };

        var chunks = await StreamAsync(tracker, "", request);

        Assert.All(
            chunks.SelectMany(chunk => chunk.Chunk.Choices),
            choice => Assert.Equal(choice.Text, ByteVocabulary.Decode(choice.TokenIds, skipSpecial: true)));
        Assert.Equal(16 * 61, chunks.SelectMany(chunk => chunk.Chunk.Choices).Sum(choice => choice.TokenIds.Count));
    }

    [Fact]
    public async Task Logprobs_say_where_in_the_text_each_token_begins()
    {
        await using var tracker = new Tracker();
        tracker.Answer(ScriptedChoice.Text("é🙂a"));
        var request = Text("🙂🙂");
        (request.Logprobs, request.ReturnTokenIds) = (1, true);

        var choice = (await tracker.CompleteAsync("", request)).Choices[0];

        Assert.Equal([0, 0, 1, 1, 1, 1, 2, 3], choice.Logprobs.TextOffset);
        Assert.Equal(8, choice.Logprobs.TokenLogprobs.Count);
        Assert.Equal(8, choice.Logprobs.TopLogprobs.Count);
        Assert.Equal(8, choice.TokenIds.Count);
        Assert.Equal(tracker.Router.Requests[0].Tokens.TokenIds, choice.PromptTokenIds);
        Assert.Equal("a", choice.Logprobs.Tokens[6]);
    }

    [Fact]
    public async Task One_prompt_that_fails_fails_the_request_and_nothing_is_recorded()
    {
        await using var tracker = new Tracker();
        var uuid = await tracker.CreateSessionAsync();
        tracker.Router.Script = (request, token) => request.Tokens.TokenIds.Contains('b')
            ? throw new Hosting.Errors.AtroposException(StatusCode.InvalidArgument, "TOO_LONG", "The prompt is too long.", "prompt")
            : ScriptedRouter.EventsOf(request, [ScriptedChoice.Text("x")], token);
        var request = new CompletionRequest { Prompt = new CompletionPrompt { Texts = new StringList { Values = { "a", "b" } } } };

        var error = await Assert.ThrowsAsync<RpcException>(() => tracker.CompleteAsync(uuid, request));

        Assert.Equal((StatusCode.InvalidArgument, "The prompt is too long."), (error.StatusCode, error.Status.Detail));
        Assert.Empty(await tracker.NodesAsync(uuid));
    }

    [Fact]
    public async Task Several_prompts_are_recorded_by_one_write()
    {
        var store = new CountingStore();
        await using var tracker = new Tracker(store);
        var uuid = await tracker.CreateSessionAsync();

        await tracker.CompleteAsync(uuid, new CompletionRequest { Prompt = new CompletionPrompt { Texts = new StringList { Values = { "a", "b", "c" } } } });

        Assert.Equal([3], store.Writes);
        Assert.Equal(3, (await tracker.NodesAsync(uuid)).Count);
    }

    private static async Task<List<StreamCompletionResponse>> StreamAsync(Tracker tracker, string uuid, CompletionRequest request)
    {
        using var call = tracker.Completions.StreamCompletion(new StreamCompletionRequest { Uuid = uuid, Request = request });
        var chunks = new List<StreamCompletionResponse>();
        await foreach (var chunk in call.ResponseStream.ReadAllAsync())
        {
            chunks.Add(chunk);
        }

        return chunks;
    }

    private static CompletionRequest Text(string prompt) => new() { Prompt = new CompletionPrompt { Text = prompt } };

    private static CompletionRequest Ids(params int[] ids) => new() { Prompt = new CompletionPrompt { TokenIds = new TokenIds { Ids = { ids } } } };
}
