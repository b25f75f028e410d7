using System.Text.Json.Nodes;
using static Atropos.ReferenceEngine.Tests.EngineServer;

namespace Atropos.ReferenceEngine.Tests;

public sealed class SglangTests
{
    private static readonly int[] Prompt = [4090, 277, 198, 529, 4091, 198, 4090, 280, 198];

    [Fact]
    public async Task Generate_from_ids_returns_ids_logprobs_and_the_weight_version()
    {
        await using var server = await StartAsync(options => options.WeightVersion = "step-7");
        var answer = await server.OkAsync("/generate", new { rid = "abc", input_ids = Prompt, return_logprob = true, sampling_params = new { max_new_tokens = 40, sampling_seed = 2 } });
        var meta = answer["meta_info"]!;
        var ids = Ints(answer["output_ids"]);
        Assert.Equal("abc", (string)meta["id"]!);
        Assert.Equal("step-7", (string)meta["weight_version"]!);
        Assert.Equal(ids, meta["output_token_logprobs"]!.AsArray().Select(tuple => (int)tuple![1]!));
        Assert.Equal(ids.Length, (int)meta["completion_tokens"]!);
        Assert.Equal(Prompt.Length, (int)meta["prompt_tokens"]!);
        Assert.Empty(meta["input_token_logprobs"]!.AsArray());
        Assert.Equal(ids.Length, (int)meta["weight_versions"]![0]!["end"]!);
    }

    [Fact]
    public async Task Sampled_logprobs_equal_those_of_the_same_tokens_scored_as_input()
    {
        await using var server = await StartAsync();
        var sampled = await server.OkAsync("/generate", new { input_ids = Prompt, return_logprob = true, sampling_params = new { max_new_tokens = 40, sampling_seed = 5 } });
        var ids = Ints(sampled["output_ids"]);
        var scored = await server.OkAsync("/generate", new { input_ids = Prompt.Concat(ids).ToArray(), return_logprob = true, logprob_start_len = 0, sampling_params = new { max_new_tokens = 1 } });
        var input = scored["meta_info"]!["input_token_logprobs"]!.AsArray();
        Assert.Null(input[0]![0]);
        Assert.Equal(Prompt.Concat(ids), input.Select(tuple => (int)tuple![1]!));
        Assert.Equal(
            sampled["meta_info"]!["output_token_logprobs"]!.AsArray().Select(tuple => (float)tuple![0]!),
            input.Skip(Prompt.Length).Select(tuple => (float)tuple![0]!));
    }

    [Fact]
    public async Task Logprobs_are_tempered_and_sum_to_one()
    {
        await using var server = await StartAsync();
        async Task<Dictionary<int, double>> Distribution(double temperature)
        {
            var answer = await server.OkAsync("/generate", new { input_ids = Prompt, return_logprob = true, top_logprobs_num = 4096, sampling_params = new { max_new_tokens = 1, temperature, top_k = 5 } });
            return answer["meta_info"]!["output_top_logprobs"]![0]!.AsArray().ToDictionary(tuple => (int)tuple![1]!, tuple => (double)tuple![0]!);
        }

        var plain = await Distribution(1);
        var tempered = await Distribution(0.5);
        Assert.Equal(1, plain.Values.Sum(Math.Exp), 5);
        Assert.Equal(1, tempered.Values.Sum(Math.Exp), 5);
        var (first, second) = (plain.Keys.First(), plain.Keys.Skip(1).First());
        Assert.Equal(2 * (plain[first] - plain[second]), tempered[first] - tempered[second], 4);
    }

    [Fact]
    public async Task Several_choices_and_batches_answer_with_a_list_prompt_by_prompt()
    {
        await using var server = await StartAsync();
        var choices = (await server.OkAsync("/generate", new { rid = "r", input_ids = Prompt, sampling_params = new { n = 3, max_new_tokens = 8, ignore_eos = true } })).AsArray();
        Assert.Equal(["r_0", "r_1", "r_2"], choices.Select(choice => (string)choice!["meta_info"]!["id"]!));
        Assert.True(choices.Select(choice => (string)choice!["text"]!).Distinct().Count() > 1);
        string[] texts = ["Hello", "Good morning"];
        string[] rids = ["a", "b"];
        var batch = (await server.OkAsync("/generate", new { rid = rids, text = texts, sampling_params = new { max_new_tokens = 2, ignore_eos = true } })).AsArray();
        Assert.Equal(rids, batch.Select(one => (string)one!["meta_info"]!["id"]!));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stream_is_cumulative_or_incremental_and_adds_up(bool incremental)
    {
        await using var server = await StartAsync(options => options.IncrementalStreaming = incremental);
        object Request(bool stream) => new { input_ids = Prompt, return_logprob = true, stream, sampling_params = new { max_new_tokens = 12, ignore_eos = true, sampling_seed = 4 } };
        var whole = await server.OkAsync("/generate", Request(false));
        var events = await server.StreamAsync("/generate", Request(true));
        var ids = Ints(whole["output_ids"]);
        Assert.Equal(Enumerable.Range(1, 12), events.Select(one => (int)one["meta_info"]!["completion_tokens"]!));
        Assert.Equal(
            incremental ? ids.Select(id => new[] { id }) : Enumerable.Range(1, 12).Select(count => ids[..count]),
            events.Select(one => Ints(one["output_ids"])));
        var text = incremental ? string.Concat(events.Select(one => (string)one["text"]!)) : (string)events[^1]["text"]!;
        Assert.Equal((string)whole["text"]!, text);
        Assert.All(events[..^1], one => Assert.Null(one["meta_info"]!["finish_reason"]));
        Assert.Equal("{\"type\":\"length\",\"length\":12}", events[^1]["meta_info"]!["finish_reason"]!.ToJsonString());
    }

    [Theory]
    [InlineData("{\"text\":\"x\",\"sampling_params\":{\"max_tokens\":3}}", "max_tokens")]
    [InlineData("{\"text\":\"x\",\"input_ids\":[1]}", "not both")]
    [InlineData("{\"input_ids\":[-4]}", "out of vocabulary")]
    public async Task Bad_request_is_refused_in_sglangs_form(string body, string says)
    {
        await using var server = await StartAsync();
        var (status, answer) = await server.PostAsync("/generate", JsonNode.Parse(body)!);
        Assert.Equal(400, status);
        Assert.Contains(says, (string)answer["error"]!["message"]!);
    }

    [Fact]
    public async Task Finish_reason_says_what_matched()
    {
        await using var server = await StartAsync(options => options.Models = ["echo"]);
        async Task<JsonNode> Finish(object parameters) => (await server.OkAsync("/generate", new { text = "One two three", sampling_params = parameters }));
        var end = await Finish(new { max_new_tokens = 20 });
        Assert.Equal(4091, (int)end["meta_info"]!["finish_reason"]!["matched"]!);
        Assert.Equal("One two three", (string)end["text"]!);
        var text = await Finish(new { stop = "two" });
        Assert.Equal("two", (string)text["meta_info"]!["finish_reason"]!["matched"]!);
        Assert.Equal("One ", (string)text["text"]!);
        Assert.Equal("One two", (string)(await Finish(new { stop = "two", no_stop_trim = true }))["text"]!);
    }
}
