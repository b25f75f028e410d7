using System.Text.Json.Nodes;
using Atropos.ReferenceModel;
using static Atropos.ReferenceEngine.Tests.EngineServer;

namespace Atropos.ReferenceEngine.Tests;

public sealed class VllmCompletionTests
{
    private static readonly int[] Prompt =
        ReferenceModelAssets.CreateTokenizer().Encode("<|im_start|>user\nTell me a story.<|im_end|>\n<|im_start|>assistant\n", false);

    [Fact]
    public async Task Completion_of_ids_returns_them_with_the_sampled_ids_and_aligned_logprobs()
    {
        await using var server = await StartAsync();
        var answer = await server.OkAsync("/v1/completions", new { model = "reference", prompt = Prompt, max_tokens = 50, logprobs = 0, return_token_ids = true, return_tokens_as_token_ids = true, seed = 3 });
        var choice = answer["choices"]![0]!;
        var ids = Ints(choice["token_ids"]);
        Assert.Equal(Prompt, Ints(choice["prompt_token_ids"]));
        Assert.Equal(ids.Select(id => $"token_id:{id}"), choice["logprobs"]!["tokens"]!.AsArray().Select(token => (string)token!));
        Assert.Equal(ids.Length, choice["logprobs"]!["token_logprobs"]!.AsArray().Count);
        Assert.Equal(ids.Length, (int)answer["usage"]!["completion_tokens"]!);
        Assert.Equal(Prompt.Length, (int)answer["usage"]!["prompt_tokens"]!);
        Assert.StartsWith("cmpl-", (string)answer["id"]!);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.6)]
    public async Task Sampled_logprobs_equal_those_of_the_same_tokens_scored_as_a_prompt(double temperature)
    {
        await using var server = await StartAsync();
        var sampled = await server.OkAsync("/v1/completions", new { prompt = Prompt, max_tokens = 60, temperature, logprobs = 0, return_token_ids = true, seed = 11 });
        var choice = sampled["choices"]![0]!;
        var ids = Ints(choice["token_ids"]);
        var scored = await server.OkAsync("/v1/completions", new { prompt = Prompt.Concat(ids).ToArray(), max_tokens = 1, prompt_logprobs = 0 });
        var prompt = scored["choices"]![0]!["prompt_logprobs"]!.AsArray();
        Assert.Null(prompt[0]);
        var again = ids.Select((id, i) => (float)prompt[Prompt.Length + i]![id.ToString()]!["logprob"]!);
        Assert.Equal(Floats(choice["logprobs"]!["token_logprobs"]), again);
    }

    [Fact]
    public async Task Logprobs_of_the_whole_vocabulary_sum_to_one_and_hold_the_sampled_one()
    {
        await using var server = await StartAsync();
        var answer = await server.OkAsync("/v1/completions", new { prompt = Prompt, max_tokens = 3, logprobs = -1, return_tokens_as_token_ids = true, return_token_ids = true });
        var logprobs = answer["choices"]![0]!["logprobs"]!;
        var ids = Ints(answer["choices"]![0]!["token_ids"]);
        for (var i = 0; i < ids.Length; i++)
        {
            var all = logprobs["top_logprobs"]![i]!.AsObject();
            Assert.Equal(4096, all.Count);
            Assert.Equal(1.0, all.Sum(entry => Math.Exp((double)entry.Value!)), 5);
            Assert.Equal((float)logprobs["token_logprobs"]![i]!, (float)all[$"token_id:{ids[i]}"]!);
        }
    }

    [Fact]
    public async Task Same_seed_gives_the_same_tokens_and_no_seed_gives_others()
    {
        await using var server = await StartAsync();
        async Task<string> Text(int? seed) => (string)(await server.OkAsync("/v1/completions", new { prompt = Prompt, max_tokens = 40, ignore_eos = true, seed }))["choices"]![0]!["text"]!;
        Assert.Equal(await Text(5), await Text(5));
        Assert.NotEqual(await Text(5), await Text(6));
        Assert.NotEqual(await Text(null), await Text(null));
    }

    [Fact]
    public async Task Server_seed_makes_requests_without_a_seed_repeatable()
    {
        async Task<string[]> Texts()
        {
            await using var server = await StartAsync(options => options.Seed = 42);
            var texts = new List<string>();
            for (var i = 0; i < 2; i++)
            {
                texts.Add((string)(await server.OkAsync("/v1/completions", new { prompt = Prompt, max_tokens = 30, ignore_eos = true }))["choices"]![0]!["text"]!);
            }

            return [.. texts];
        }

        var first = await Texts();
        Assert.Equal(first, await Texts());
        Assert.NotEqual(first[0], first[1]);
    }

    [Fact]
    public async Task Several_prompts_and_n_number_choices_prompt_by_prompt()
    {
        await using var server = await StartAsync();
        int[][] prompts = [Prompt, [1, 2, 3]];
        var answer = await server.OkAsync("/v1/completions", new { prompt = prompts, n = 3, max_tokens = 20, ignore_eos = true, return_token_ids = true, seed = 1 });
        var choices = answer["choices"]!.AsArray();
        Assert.Equal([0, 1, 2, 3, 4, 5], choices.Select(choice => (int)choice!["index"]!));
        Assert.All(choices, choice => Assert.Equal(prompts[(int)choice!["index"]! / 3], Ints(choice["prompt_token_ids"])));
        Assert.Equal(3, choices.Take(3).Select(choice => (string)choice!["text"]!).Distinct().Count());
        Assert.Equal(120, (int)answer["usage"]!["completion_tokens"]!);
    }

    [Fact]
    public async Task Stream_adds_up_to_the_whole_answer()
    {
        await using var server = await StartAsync();
        object Request(bool stream) => new { prompt = "Once upon a time", n = 2, max_tokens = 60, logprobs = 0, return_token_ids = true, seed = 9, stream };
        var whole = await server.OkAsync("/v1/completions", Request(false));
        var events = await server.StreamAsync("/v1/completions", Request(true));
        for (var index = 0; index < 2; index++)
        {
            var choice = whole["choices"]![index]!;
            var chunks = events.Select(one => one["choices"]![0]!).Where(one => (int)one["index"]! == index).ToArray();
            Assert.Equal((string)choice["text"]!, string.Concat(chunks.Select(chunk => (string)chunk["text"]!)));
            Assert.Equal(Ints(choice["token_ids"]), chunks.SelectMany(chunk => Ints(chunk["token_ids"])));
            Assert.Equal(Floats(choice["logprobs"]!["token_logprobs"]), chunks.SelectMany(chunk => Floats(chunk["logprobs"]!["token_logprobs"])));
            Assert.Equal(Ints(choice["logprobs"]!["text_offset"]), chunks.SelectMany(chunk => Ints(chunk["logprobs"]!["text_offset"])));
            Assert.NotNull(chunks[0]["prompt_token_ids"]);
            Assert.All(chunks[1..], chunk => Assert.Null(chunk["prompt_token_ids"]));
            Assert.Equal((string)choice["finish_reason"]!, (string)chunks[^1]["finish_reason"]!);
            Assert.All(chunks[..^1], chunk => Assert.Null(chunk["finish_reason"]));
        }
    }

    [Fact]
    public async Task Echo_puts_the_prompt_in_front_of_text_and_logprobs_but_not_of_ids()
    {
        await using var server = await StartAsync();
        var answer = await server.OkAsync("/v1/completions", new { prompt = "Hello there", echo = true, logprobs = 1, max_tokens = 2, return_token_ids = true });
        var choice = answer["choices"]![0]!;
        var prompt = Ints(choice["prompt_token_ids"]);
        Assert.StartsWith("Hello there", (string)choice["text"]!);
        Assert.Null(choice["logprobs"]!["token_logprobs"]![0]);
        Assert.Equal(prompt.Length + Ints(choice["token_ids"]).Length, choice["logprobs"]!["tokens"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("{\"prompt\":[999999]}", 400, "prompt")]
    [InlineData("{\"prompt\":\"x\",\"model\":\"nope\"}", 404, "model")]
    [InlineData("{\"prompt\":\"x\",\"temperature\":-1}", 400, "temperature")]
    [InlineData("{\"prompt\":\"x\",\"logprobs\":21}", 400, "logprobs")]
    [InlineData("{\"prompt\":\"x\",\"n\":0}", 400, "n")]
    [InlineData("{\"prompt\":\"x\",\"stream\":true,\"prompt_logprobs\":1}", 400, "prompt_logprobs")]
    [InlineData("{}", 400, "prompt")]
    public async Task Bad_request_names_the_field_in_an_error_of_vllms_form(string body, int status, string parameter)
    {
        await using var server = await StartAsync();
        var (actual, answer) = await server.PostAsync("/v1/completions", JsonNode.Parse(body)!);
        Assert.Equal(status, actual);
        Assert.Equal(parameter, (string)answer["error"]!["param"]!);
        Assert.Equal(status, (int)answer["error"]!["code"]!);
        Assert.Equal(status == 404 ? "NotFoundError" : "BadRequestError", (string)answer["error"]!["type"]!);
    }

    [Fact]
    public async Task Prompt_as_long_as_the_context_is_refused()
    {
        await using var server = await StartAsync(options => options.MaxModelLength = 8);
        var (status, answer) = await server.PostAsync("/v1/completions", new { prompt = Enumerable.Repeat(5, 8).ToArray() });
        Assert.Equal(400, status);
        Assert.StartsWith("This model's maximum context length is 8 tokens", (string)answer["error"]!["message"]!);
    }
}
