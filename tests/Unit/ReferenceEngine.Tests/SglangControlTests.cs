using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Atropos.ReferenceEngine.Tests;

public sealed class SglangControlTests
{
    [Fact]
    public async Task Abort_ends_the_requests_whose_id_starts_with_the_given_one()
    {
        await using var server = await EngineServer.StartAsync(options => options.TokensPerSecond = 200);
        using var response = await StartEndlessStreamAsync(server, "run-17");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        await ReadEventAsync(reader);
        (await server.Client.PostAsJsonAsync("/abort_request", new { rid = "other" })).EnsureSuccessStatusCode();
        Assert.Null((await ReadEventAsync(reader))!["meta_info"]!["finish_reason"]);
        (await server.Client.PostAsJsonAsync("/abort_request", new { rid = "run-" })).EnsureSuccessStatusCode();
        JsonNode? last = null;
        while (await ReadEventAsync(reader) is { } next)
        {
            last = next;
        }

        Assert.Equal("abort", (string)last!["meta_info"]!["finish_reason"]!["type"]!);
        Assert.Equal("abort", Assert.Single(Assert.Single(server.Recorded).Choices).FinishReason);
    }

    [Fact]
    public async Task Version_changed_in_mid_answer_shows_in_the_ranges()
    {
        await using var server = await EngineServer.StartAsync(options => options.TokensPerSecond = 200);
        using var response = await StartEndlessStreamAsync(server, "x");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        await ReadEventAsync(reader);
        await server.OkAsync("/update_weight_version", new { new_version = "2" });
        var seen = await ReadEventAsync(reader);
        while ((string)seen!["meta_info"]!["weight_version"]! != "2")
        {
            seen = await ReadEventAsync(reader);
        }

        await ReadEventAsync(reader);
        await ReadEventAsync(reader);
        await server.Client.PostAsJsonAsync("/abort_request", new { abort_all = true });
        JsonNode? last = null;
        while (await ReadEventAsync(reader) is { } next)
        {
            last = next;
        }

        var ranges = last!["meta_info"]!["weight_versions"]!.AsArray();
        Assert.Equal(["default", "2"], ranges.Select(range => (string)range!["version"]!));
        Assert.Equal((int)ranges[0]!["end"]!, (int)ranges[1]!["start"]!);
        Assert.Equal((int)last["meta_info"]!["completion_tokens"]!, (int)ranges[1]!["end"]!);
        Assert.Equal("2", (string)(await server.GetAsync("/model_info"))["weight_version"]!);
        Assert.Equal("2", (string)(await server.GetAsync("/weight_info"))["weight_version"]!);
    }

    [Fact]
    public async Task Paused_engine_holds_requests_until_it_is_told_to_continue()
    {
        await using var server = await EngineServer.StartAsync();
        await server.OkAsync("/pause_generation", new { mode = "in_place" });
        var waiting = server.OkAsync("/generate", new { text = "Hello", sampling_params = new { max_new_tokens = 3 } });
        while (!(await server.Client.GetStringAsync("/metrics")).Contains("sglang:num_queue_reqs{model_name=\"reference\",engine=\"0\"} 1", StringComparison.Ordinal))
        {
            Assert.False(waiting.IsCompleted);
        }

        Assert.True((bool)(await server.GetAsync("/is_paused"))["is_paused"]!);
        await server.OkAsync("/continue_generation", new { });
        Assert.NotEmpty(EngineServer.Ints((await waiting)["output_ids"]));
    }

    [Fact]
    public async Task Client_that_disconnects_ends_generation()
    {
        await using var server = await EngineServer.StartAsync(options => options.TokensPerSecond = 200);
        using (var response = await StartEndlessStreamAsync(server, "gone"))
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
            await ReadEventAsync(reader);
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (server.Recorded.IsEmpty)
        {
            await Task.Yield();
            patience.Token.ThrowIfCancellationRequested();
        }

        Assert.Equal("abort", server.Recorded.Single().Choices[0].FinishReason);
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/health_generate")]
    [InlineData("/get_model_info")]
    [InlineData("/server_info")]
    [InlineData("/flush_cache")]
    [InlineData("/v1/models")]
    [InlineData("/version")]
    [InlineData("/load")]
    [InlineData("/ping")]
    public async Task Control_routes_answer(string path)
    {
        await using var server = await EngineServer.StartAsync();
        using var response = await server.Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData(EngineDialects.Vllm, "/generate")]
    [InlineData(EngineDialects.Sglang, "/pause")]
    public async Task Routes_of_the_other_dialect_are_absent_when_only_one_is_mapped(EngineDialects dialects, string path)
    {
        await using var server = await EngineServer.StartAsync(options => options.Dialects = dialects);
        using var response = await server.Client.PostAsJsonAsync(path, new { });
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private static Task<HttpResponseMessage> StartEndlessStreamAsync(EngineServer server, string rid)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/generate")
        {
            Content = JsonContent.Create(new { rid, text = "Hello", stream = true, sampling_params = new { max_new_tokens = 30000, ignore_eos = true } }),
        };
        return server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private static async Task<JsonNode?> ReadEventAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("data: {", StringComparison.Ordinal))
            {
                return JsonNode.Parse(line["data: ".Length..]);
            }
        }

        return null;
    }
}
