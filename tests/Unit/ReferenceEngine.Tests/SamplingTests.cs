using static Atropos.ReferenceEngine.Tests.EngineServer;

namespace Atropos.ReferenceEngine.Tests;

/// <summary>What sampling parameters promise, seen in many tokens drawn after one prompt.</summary>
public sealed class SamplingTests
{
    private const string Prompt = "<|im_start|>assistant\n";

    [Fact]
    public async Task Top_k_draws_only_the_k_best()
    {
        await using var server = await StartAsync();
        var best = await TopAsync(server, 5);
        var drawn = await DrawAsync(server, new() { ["top_k"] = 3 });
        Assert.Subset(best.Take(3).ToHashSet(), drawn.ToHashSet());
        Assert.True(drawn.Distinct().Count() > 1);
    }

    [Fact]
    public async Task Top_p_draws_only_from_the_nucleus()
    {
        await using var server = await StartAsync();
        var answer = await server.OkAsync("/v1/completions", new { prompt = Prompt, max_tokens = 1, logprobs = 20, return_tokens_as_token_ids = true });
        var nucleus = new HashSet<int>();
        var mass = 0.0;
        foreach (var (name, value) in answer["choices"]![0]!["logprobs"]!["top_logprobs"]![0]!.AsObject().OrderByDescending(entry => (float)entry.Value!))
        {
            if (mass < 0.2)
            {
                nucleus.Add(int.Parse(name["token_id:".Length..]));
                mass += Math.Exp((double)value!);
            }
        }

        var drawn = await DrawAsync(server, new() { ["top_p"] = 0.2 });
        Assert.Subset(nucleus, drawn.ToHashSet());
    }

    [Fact]
    public async Task Min_p_of_one_leaves_only_the_best()
    {
        await using var server = await StartAsync();
        Assert.Equal(await TopAsync(server, 1), (await DrawAsync(server, new() { ["min_p"] = 1.0 })).Distinct());
    }

    [Fact]
    public async Task Very_low_temperature_draws_the_best()
    {
        await using var server = await StartAsync();
        Assert.Equal(await TopAsync(server, 1), (await DrawAsync(server, new() { ["temperature"] = 0.001 })).Distinct());
    }

    [Fact]
    public async Task Logit_bias_forces_a_token()
    {
        await using var server = await StartAsync();
        var drawn = await DrawAsync(server, new() { ["logit_bias"] = new Dictionary<string, double> { ["77"] = 100 } });
        Assert.Equal([77], drawn.Distinct());
    }

    [Fact]
    public async Task Min_tokens_keeps_the_end_away()
    {
        await using var server = await StartAsync();
        var answer = await server.OkAsync("/v1/completions", new { prompt = Prompt, min_tokens = 80, max_tokens = 400, n = 4, return_token_ids = true });
        Assert.All(answer["choices"]!.AsArray(), choice =>
        {
            var ids = Ints(choice!["token_ids"]);
            Assert.True(ids.Length > 80);
            Assert.DoesNotContain(4091, ids[..80]);
        });
    }

    private static async Task<int[]> DrawAsync(EngineServer server, Dictionary<string, object> parameters)
    {
        var request = new Dictionary<string, object>(parameters) { ["prompt"] = Prompt, ["max_tokens"] = 1, ["n"] = 64, ["return_token_ids"] = true, ["seed"] = 3 };
        var answer = await server.OkAsync("/v1/completions", request);
        return [.. answer["choices"]!.AsArray().Select(choice => Ints(choice!["token_ids"])[0])];
    }

    private static async Task<int[]> TopAsync(EngineServer server, int count)
    {
        var answer = await server.OkAsync("/generate", new { text = Prompt, return_logprob = true, top_logprobs_num = count, sampling_params = new { max_new_tokens = 1 } });
        return [.. answer["meta_info"]!["output_top_logprobs"]![0]!.AsArray().Select(tuple => (int)tuple![1]!)];
    }
}
