using System.Text.Json.Nodes;
using Atropos.ReferenceModel;
using static Atropos.ReferenceEngine.Tests.EngineServer;

namespace Atropos.ReferenceEngine.Tests;

public sealed class VllmChatTests
{
    private static readonly object[] Hello = [new { role = "user", content = "Hello!" }];

    [Fact]
    public async Task Chat_renders_the_template_and_returns_ids_at_the_documented_places()
    {
        await using var server = await StartAsync();
        var answer = await server.OkAsync("/v1/chat/completions", new { messages = Hello, max_completion_tokens = 40, logprobs = true, top_logprobs = 3, return_token_ids = true, return_tokens_as_token_ids = true, seed = 2 });
        var expected = ReferenceModelAssets.CreateTokenizer().Encode("<|im_start|>user\nHello!<|im_end|>\n<|im_start|>assistant\n", false);
        Assert.Equal(expected, Ints(answer["prompt_token_ids"]));
        var choice = answer["choices"]![0]!;
        var ids = Ints(choice["token_ids"]);
        var content = choice["logprobs"]!["content"]!.AsArray();
        Assert.Equal(ids.Select(id => $"token_id:{id}"), content.Select(entry => (string)entry!["token"]!));
        Assert.All(content, entry =>
        {
            Assert.Equal(3, entry!["top_logprobs"]!.AsArray().Count);
            Assert.Equal((string)entry["token"]!, (string)entry["top_logprobs"]![0]!["token"]!);
        });
        Assert.Equal("assistant", (string)choice["message"]!["role"]!);
        Assert.DoesNotContain("<|im_end|>", (string)choice["message"]!["content"]!);
    }

    [Fact]
    public async Task Stream_announces_each_choice_with_the_prompt_ids_and_adds_up()
    {
        await using var server = await StartAsync();
        object Request(bool stream) => new { messages = Hello, n = 2, max_tokens = 60, logprobs = true, return_token_ids = true, seed = 8, stream, stream_options = stream ? new { include_usage = true } : null };
        var whole = await server.OkAsync("/v1/chat/completions", Request(false));
        var events = await server.StreamAsync("/v1/chat/completions", Request(true));
        Assert.Single(events.Select(one => (string)one["id"]!).Distinct());
        Assert.Empty(events[^1]["choices"]!.AsArray());
        Assert.Equal((int)whole["usage"]!["completion_tokens"]!, (int)events[^1]["usage"]!["completion_tokens"]!);
        for (var index = 0; index < 2; index++)
        {
            var choice = whole["choices"]![index]!;
            var mine = events[..^1].Where(one => (int)one["choices"]![0]!["index"]! == index).ToArray();
            Assert.Equal("assistant", (string)mine[0]["choices"]![0]!["delta"]!["role"]!);
            Assert.Equal(Ints(whole["prompt_token_ids"]), Ints(mine[0]["prompt_token_ids"]));
            var chunks = mine[1..].Select(one => one["choices"]![0]!).ToArray();
            Assert.Equal((string)choice["message"]!["content"]!, string.Concat(chunks.Select(chunk => (string)chunk["delta"]!["content"]!)));
            Assert.Equal(Ints(choice["token_ids"]), chunks.SelectMany(chunk => Ints(chunk["token_ids"])));
            Assert.Equal(
                choice["logprobs"]!["content"]!.AsArray().Select(entry => (float)entry!["logprob"]!),
                chunks.SelectMany(chunk => chunk["logprobs"]!["content"]!.AsArray()).Select(entry => (float)entry!["logprob"]!));
            Assert.Equal((string)choice["finish_reason"]!, (string)chunks[^1]["finish_reason"]!);
        }
    }

    [Fact]
    public async Task Stream_without_ids_and_usage_has_neither_and_no_empty_choices()
    {
        await using var server = await StartAsync();
        var events = await server.StreamAsync("/v1/chat/completions", new { messages = Hello, stream = true, seed = 1 });
        Assert.All(events, one =>
        {
            Assert.Single(one["choices"]!.AsArray());
            Assert.Null(one["usage"]);
            Assert.Null(one["prompt_token_ids"]);
            Assert.Null(one["choices"]![0]!["token_ids"]);
        });
    }

    [Fact]
    public async Task Greedy_decoding_takes_the_first_of_the_top_logprobs_and_ignores_the_seed()
    {
        await using var server = await StartAsync();
        async Task<JsonNode> Answer(int seed) => (await server.OkAsync("/v1/chat/completions", new { messages = Hello, temperature = 0, logprobs = true, top_logprobs = 2, max_tokens = 20, seed }))["choices"]![0]!;
        var answer = await Answer(1);
        Assert.Equal((string)answer["message"]!["content"]!, (string)(await Answer(2))["message"]!["content"]!);
        Assert.All(answer["logprobs"]!["content"]!.AsArray(), entry =>
            Assert.True((float)entry!["top_logprobs"]![0]!["logprob"]! >= (float)entry["top_logprobs"]![1]!["logprob"]!));
    }

    [Fact]
    public async Task Tokenize_of_messages_equals_the_chat_prompt_and_detokenize_turns_it_back()
    {
        await using var server = await StartAsync();
        object[] messages =
        [
            new { role = "system", content = "Be brief." },
            new { role = "user", content = new object[] { new { type = "text", text = "Grüße, 世界 🚀" } } },
            new { role = "assistant", content = (string?)null, tool_calls = new[] { new { id = "1", type = "function", function = new { name = "get_weather", arguments = "{\"city\": \"Rome\"}" } } } },
            new { role = "tool", content = "sunny", tool_call_id = "1" },
        ];
        object[] tools = [new { type = "function", function = new { name = "get_weather", parameters = new { type = "object" } } }];
        var tokens = Ints((await server.OkAsync("/tokenize", new { messages, tools }))["tokens"]);
        var chat = await server.OkAsync("/v1/chat/completions", new { messages, tools, max_tokens = 1, return_token_ids = true });
        Assert.Equal(tokens, Ints(chat["prompt_token_ids"]));
        var text = (string)(await server.OkAsync("/detokenize", new { tokens }))["prompt"]!;
        Assert.Equal(
            "<|im_start|>system\nBe brief.\n\n# Tools\n\nYou can call functions. Their signatures are between the tools tags:\n<tools>\n"
            + "{\"type\": \"function\", \"function\": {\"name\": \"get_weather\", \"parameters\": {\"type\": \"object\"}}}\n</tools>\n\n"
            + "To call a function, answer with its name and arguments as JSON between tool_call tags:\n<tool_call>\n"
            + "{\"name\": \"the function's name\", \"arguments\": {\"argument\": \"value\"}}\n</tool_call><|im_end|>\n"
            + "<|im_start|>user\nGrüße, 世界 🚀<|im_end|>\n"
            + "<|im_start|>assistant\n<tool_call>\n{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Rome\"}}\n</tool_call><|im_end|>\n"
            + "<|im_start|>user\n<tool_response>\nsunny\n</tool_response><|im_end|>\n<|im_start|>assistant\n",
            text);
    }

    [Fact]
    public async Task Thinking_turned_off_closes_an_empty_thought()
    {
        await using var server = await StartAsync();
        var tokens = (await server.OkAsync("/tokenize", new { messages = Hello, chat_template_kwargs = new { enable_thinking = false } }))["tokens"];
        var text = (string)(await server.OkAsync("/detokenize", new { tokens }))["prompt"]!;
        Assert.EndsWith("<|im_start|>assistant\n<think>\n\n</think>\n\n", text);
    }

    [Fact]
    public async Task Metrics_count_what_was_generated()
    {
        await using var server = await StartAsync();
        await server.OkAsync("/v1/chat/completions", new { messages = Hello, max_tokens = 7, ignore_eos = true });
        var metrics = await server.Client.GetStringAsync("/metrics");
        Assert.Contains("vllm:generation_tokens_total{model_name=\"reference\",engine=\"0\"} 7\n", metrics);
        Assert.Contains("vllm:num_requests_running{model_name=\"reference\",engine=\"0\"} 0\n", metrics);
    }

    [Fact]
    public async Task Malformed_json_is_refused_with_line_and_byte()
    {
        await using var server = await StartAsync();
        using var response = await server.Client.PostAsync("/v1/chat/completions", new StringContent("{\n \"messages\": ]"));
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Contains("line 2", await response.Content.ReadAsStringAsync());
    }
}
