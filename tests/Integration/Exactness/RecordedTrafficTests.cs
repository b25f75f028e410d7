using System.Text.Json.Nodes;
using Atropos.Integration.Tests.Support;

namespace Atropos.Integration.Tests.Exactness;

/// <summary>What sessions record is compared with what the engine saw, request by request.</summary>
public sealed class RecordedTrafficTests
{
    private const string EndOfTurn = "<|im_end|>";

    [Theory]
    [InlineData("vllm")]
    [InlineData("sglang")]
    public async Task Each_turn_is_sent_as_the_previous_node_and_what_is_new(string dialect)
    {
        await using var fixture = await ExactnessFixture.StartAsync("reference", dialect);
        var uuid = await fixture.Gateway.CreateSessionAsync();
        var conversation = new Conversation(fixture.Gateway, uuid);
        int[] known = [];

        for (var turn = 0; turn < 5; turn++)
        {
            await conversation.AskAsync($"Question number {turn}, please?", maxTokens: turn == 2 ? 3 : 64, stream: turn % 2 == 1);

            var node = Assert.Single(await fixture.Gateway.NodesAsync(uuid));
            Assert.Equal(known, node.Tokens.Take(known.Length));
            Assert.Equal(known, fixture.Engine.Choices[^1].PromptIds.Take(known.Length));
            Assert.DoesNotContain(EndOfTurn + EndOfTurn, node.FullText, StringComparison.Ordinal);
            known = node.Tokens;
        }

        fixture.AssertNodesAreWhatWasSentAndSampled(await fixture.Gateway.NodesAsync(uuid, "tree"));
    }

    [Theory]
    [InlineData("vllm")]
    [InlineData("sglang")]
    public async Task Several_choices_are_siblings_and_each_can_be_gone_on_with(string dialect)
    {
        await using var fixture = await ExactnessFixture.StartAsync("reference", dialect);
        var uuid = await fixture.Gateway.CreateSessionAsync();
        var first = await fixture.Gateway.PostAsync(
            $"/{uuid}/v1/chat/completions", new { messages = new[] { User("Roll.") }, n = 4, max_tokens = 12 });
        Assert.Equal(4, (await fixture.Gateway.NodesAsync(uuid)).Count);

        foreach (var choice in first["choices"]!.AsArray())
        {
            await fixture.Gateway.PostAsync(
                $"/{uuid}/v1/chat/completions",
                new { messages = new[] { User("Roll."), Assistant((string?)choice!["message"]!["content"]), User("Again.") }, max_tokens = 12 });
        }

        var nodes = await fixture.Gateway.NodesAsync(uuid);
        Assert.Equal(4, nodes.Count);
        Assert.All(nodes, node => Assert.Equal(2, CountRuns(node)));
        fixture.AssertNodesAreWhatWasSentAndSampled(nodes);
    }

    [Fact]
    public async Task A_changed_history_branches_and_the_changed_text_is_masked()
    {
        await using var fixture = await ExactnessFixture.StartAsync("reference", "vllm");
        var uuid = await fixture.Gateway.CreateSessionAsync();
        await fixture.Gateway.PostAsync(
            $"/{uuid}/v1/chat/completions", new { messages = new[] { User("First.") }, max_tokens = 8 });

        await fixture.Gateway.PostAsync(
            $"/{uuid}/v1/chat/completions",
            new { messages = new[] { User("First."), Assistant("Words that nobody sampled."), User("Second.") }, max_tokens = 8 });

        var nodes = await fixture.Gateway.NodesAsync(uuid);
        Assert.Equal(2, nodes.Count);
        var branched = Assert.Single(nodes, node => node.FullText.Contains("nobody sampled", StringComparison.Ordinal));
        Assert.Equal(1, CountRuns(branched));
        fixture.AssertNodesAreWhatWasSentAndSampled(nodes);
    }

    [Fact]
    public async Task An_answer_cut_by_length_is_closed_once_and_unsampled_in_the_next_prompt()
    {
        await using var fixture = await ExactnessFixture.StartAsync("echo", "vllm");
        var uuid = await fixture.Gateway.CreateSessionAsync();
        var cut = """{"echo": {"text": "This answer is cut"}, "finish": "length"}""";
        var first = await fixture.Gateway.PostAsync($"/{uuid}/v1/chat/completions", new { messages = new[] { User(cut) } });
        Assert.Equal("length", (string?)first["choices"]![0]!["finish_reason"]);

        await fixture.Gateway.PostAsync(
            $"/{uuid}/v1/chat/completions", new { messages = new[] { User(cut), Assistant("This answer is cut"), User("Go on") } });

        var node = Assert.Single(await fixture.Gateway.NodesAsync(uuid));
        var at = node.FullText.LastIndexOf("This answer is cut", StringComparison.Ordinal);
        Assert.StartsWith("This answer is cut<|im_end|>\n<|im_start|>user\nGo on", node.FullText[at..], StringComparison.Ordinal);
        fixture.AssertNodesAreWhatWasSentAndSampled([node]);
    }

    [Theory]
    [InlineData("""{ "query" : "cats", "limit":1.0 }""")]
    [InlineData("""{"limit": 1, "query": "c\u0061ts"}""")]
    public async Task A_tool_call_that_is_echoed_in_other_words_extends_its_node(string echoedArguments)
    {
        await using var fixture = await ExactnessFixture.StartAsync("echo", "vllm");
        var uuid = await fixture.Gateway.CreateSessionAsync();
        object[] tools = [new { type = "function", function = new { name = "search", parameters = new { type = "object" } } }];
        var user = User("""<tool_call>{"name": "search", "arguments": {"query": "cats", "limit": 1}}</tool_call>""");
        var first = await fixture.Gateway.PostAsync($"/{uuid}/v1/chat/completions", new { messages = new[] { user }, tools });
        Assert.Equal("tool_calls", (string?)first["choices"]![0]!["finish_reason"]);

        object[] echoed =
        [
            user,
            new
            {
                role = "assistant",
                content = "",
                tool_calls = new[] { new { id = "renamed", type = "function", function = new { name = "search", arguments = echoedArguments } } },
            },
            new { role = "tool", tool_call_id = "renamed", content = "two cats" },
        ];
        await fixture.Gateway.PostAsync($"/{uuid}/v1/chat/completions", new { messages = echoed, tools });

        var node = Assert.Single(await fixture.Gateway.NodesAsync(uuid));
        Assert.Equal(2, CountRuns(node));
        fixture.AssertNodesAreWhatWasSentAndSampled([node]);
    }

    [Theory]
    [InlineData("characters")]
    [InlineData("random")]
    public async Task Tokens_that_the_tokenizer_would_never_choose_are_sent_back_as_they_were_sampled(string segmentation)
    {
        await using var fixture = await ExactnessFixture.StartAsync("echo", "vllm");
        var uuid = await fixture.Gateway.CreateSessionAsync();
        var conversation = new Conversation(fixture.Gateway, uuid);
        var ask = new JsonObject
        {
            ["echo"] = new JsonObject { ["text"] = "Skinny Übergrößenträger laufen — 日本語 🙂 quickly." },
            ["segmentation"] = segmentation,
        };

        for (var turn = 0; turn < 3; turn++)
        {
            await conversation.AskAsync(ask.ToJsonString(), maxTokens: 400, stream: turn == 1);
        }

        var node = Assert.Single(await fixture.Gateway.NodesAsync(uuid));
        Assert.Equal(3, CountRuns(node));
        fixture.AssertNodesAreWhatWasSentAndSampled([node]);
    }

    [Fact]
    public async Task A_plain_completion_that_goes_on_from_a_nodes_text_extends_it()
    {
        await using var fixture = await ExactnessFixture.StartAsync("reference", "vllm");
        var uuid = await fixture.Gateway.CreateSessionAsync();
        var first = await fixture.Gateway.PostAsync(
            $"/{uuid}/v1/completions", new { prompt = "Once upon a time", max_tokens = 8, ignore_eos = true });
        var text = "Once upon a time" + (string)first["choices"]![0]!["text"]!;

        await fixture.Gateway.PostAsync($"/{uuid}/v1/completions", new { prompt = text + " And then", max_tokens = 8, ignore_eos = true });

        var node = Assert.Single(await fixture.Gateway.NodesAsync(uuid));
        Assert.Equal(2, CountRuns(node));
        fixture.AssertNodesAreWhatWasSentAndSampled([node]);
    }

    private static int CountRuns(RecordedNode node) =>
        Enumerable.Range(0, node.Tokens.Length)
            .Count(i => node.MaskedTokens[i] != -100 && (i == 0 || node.MaskedTokens[i - 1] == -100));

    private static object User(string content) => new { role = "user", content };

    private static object Assistant(string? content) => new { role = "assistant", content };
}
