using System.Text.Json;
using System.Text.Json.Nodes;
using Atropos.ReferenceModel;
using static Atropos.ReferenceEngine.Tests.EngineServer;

namespace Atropos.ReferenceEngine.Tests;

public sealed class EchoTests
{
    private static readonly Tokenizers.Tokenizer Tokenizer = ReferenceModelAssets.CreateTokenizer();

    [Fact]
    public async Task Text_of_the_last_user_message_comes_back_in_canonical_tokens_and_the_end_of_turn()
    {
        const string Text = "<think>\nyes\n</think>\n\nÀ demain, 世界! {\"not\": \"an instruction\"}";
        var choice = await AskAsync(Text);
        Assert.Equal(Tokenizer.Encode(Text + "<|im_end|>", false), Ints(choice["token_ids"]));
        Assert.Equal(Text, (string)choice["message"]!["content"]!);
        Assert.Equal("stop", (string)choice["finish_reason"]!);
    }

    [Theory]
    [InlineData("characters")]
    [InlineData("random")]
    public async Task Other_segmentations_give_the_same_text_in_other_tokens(string segmentation)
    {
        const string Text = "A helpful assistant answers 日本語 carefully.";
        var choice = await AskAsync(JsonSerializer.Serialize(new { echo = new { text = Text }, segmentation }));
        Assert.Equal(Text, (string)choice["message"]!["content"]!);
        Assert.NotEqual(Tokenizer.Encode(Text + "<|im_end|>", false), Ints(choice["token_ids"]));
        Assert.Equal(Text, Tokenizer.Decode(Ints(choice["token_ids"]), true));
    }

    [Fact]
    public async Task Tokens_come_back_as_given_and_finish_length_leaves_the_turn_open()
    {
        var choice = await AskAsync("""{"echo": {"tokens": [300, 17, 17, 4092]}, "finish": "length"}""");
        Assert.Equal([300, 17, 17, 4092], Ints(choice["token_ids"]));
        Assert.Equal("length", (string)choice["finish_reason"]!);
    }

    [Fact]
    public async Task Each_choice_can_have_an_answer_of_its_own()
    {
        await using var server = await StartAsync();
        var answer = await server.OkAsync("/v1/chat/completions", new
        {
            model = "echo",
            n = 3,
            messages = new[] { new { role = "user", content = """{"echo": "else", "per_choice": [{"echo": "first"}, {"echo": "second", "finish": "length"}]}""" } },
        });
        Assert.Equal(["first", "second", "else"], answer["choices"]!.AsArray().Select(choice => (string)choice!["message"]!["content"]!));
        Assert.Equal(["stop", "length", "stop"], answer["choices"]!.AsArray().Select(choice => (string)choice!["finish_reason"]!));
    }

    [Fact]
    public async Task Logprobs_are_those_of_the_stated_distribution()
    {
        await using var server = await StartAsync();
        var answer = await server.OkAsync("/v1/completions", new { model = "echo", prompt = """{"echo": {"tokens": [300, 301]}}""", logprobs = -1, return_tokens_as_token_ids = true });
        var logprobs = answer["choices"]![0]!["logprobs"]!;
        Assert.Equal([0.999, 0.998, 0.997], Floats(logprobs["token_logprobs"]).Select(value => Math.Round(Math.Exp(value), 6)));
        Assert.All(logprobs["top_logprobs"]!.AsArray(), map => Assert.Equal(1, map!.AsObject().Sum(entry => Math.Exp((double)entry.Value!)), 5));
    }

    [Fact]
    public async Task Answer_after_a_tool_response_is_what_the_tool_said()
    {
        await using var server = await StartAsync();
        object[] messages = [new { role = "user", content = "ignored" }, new { role = "tool", content = "one" }, new { role = "tool", content = """{"echo": "from the tool"}""" }];
        var answer = await server.OkAsync("/v1/chat/completions", new { model = "echo", messages });
        Assert.Equal("from the tool", (string)answer["choices"]![0]!["message"]!["content"]!);
    }

    [Theory]
    [InlineData("""{"echo": {"tokens": [99999]}}""")]
    [InlineData("""{"echo": 5}""")]
    [InlineData("""{"echo": "a", "finish": "maybe"}""")]
    [InlineData("""{"echo": "a", "segmentation": "none"}""")]
    [InlineData("""{"per_choice": 1}""")]
    public async Task Instruction_that_makes_no_sense_is_refused(string instruction)
    {
        await using var server = await StartAsync();
        var (status, answer) = await server.PostAsync("/v1/chat/completions", new { model = "echo", messages = new[] { new { role = "user", content = instruction } } });
        Assert.Equal(400, status);
        Assert.Contains("echo instruction", (string)answer["error"]!["message"]!);
    }

    [Theory]
    [InlineData(false, "one STO")]
    [InlineData(true, "one STOP")]
    public async Task Stop_string_across_tokens_cuts_the_text_and_keeps_the_tokens(bool include, string expected)
    {
        await using var server = await StartAsync();
        var messages = new[] { new { role = "user", content = JsonSerializer.Serialize(new { echo = new { text = "one STOP two" }, segmentation = "characters" }) } };
        var request = new { model = "echo", messages, stop = include ? "OP" : "P", include_stop_str_in_output = include, stream = true, return_token_ids = true };
        var events = await server.StreamAsync("/v1/chat/completions", request);
        Assert.Equal(expected, string.Concat(events.Select(one => (string)one["choices"]![0]!["delta"]!["content"]!)));
        Assert.Equal(8, events.Skip(1).Sum(one => Ints(one["choices"]![0]!["token_ids"]).Length));
        Assert.Equal(include ? "OP" : "P", (string)events[^1]["choices"]![0]!["stop_reason"]!);
    }

    [Fact]
    public async Task Stop_token_ends_generation_and_is_named()
    {
        await using var server = await StartAsync();
        var answer = await server.OkAsync("/v1/completions", new { model = "echo", prompt = """{"echo": {"tokens": [301, 302, 303]}}""", stop_token_ids = new[] { 302, 151645 }, return_token_ids = true });
        Assert.Equal([301, 302], Ints(answer["choices"]![0]!["token_ids"]));
        Assert.Equal(302, (int)answer["choices"]![0]!["stop_reason"]!);
    }

    [Fact]
    public async Task Recorder_sees_body_headers_and_what_was_sampled()
    {
        await using var server = await StartAsync();
        server.Client.DefaultRequestHeaders.Add("X-Request-Id", "id-1");
        var answer = await server.OkAsync("/v1/completions", new { model = "echo", prompt = "abc", return_token_ids = true });
        var recorded = Assert.Single(server.Recorded);
        Assert.Equal("/v1/completions", recorded.Path);
        Assert.Equal("id-1", recorded.Headers["x-request-id"]);
        Assert.Equal("abc", (string)JsonNode.Parse(recorded.Body.Span)!["prompt"]!);
        Assert.Equal(Ints(answer["choices"]![0]!["token_ids"]), recorded.Choices[0].OutputIds);
        Assert.Equal(recorded.Choices[0].OutputIds.Count, recorded.Choices[0].Logprobs.Count);
        Assert.Equal("cmpl-id-1", (string)answer["id"]!);
    }

    private static async Task<JsonNode> AskAsync(string content)
    {
        await using var server = await StartAsync();
        var answer = await server.OkAsync("/v1/chat/completions", new { model = "echo", messages = new[] { new { role = "user", content } }, return_token_ids = true });
        return answer["choices"]![0]!;
    }
}
