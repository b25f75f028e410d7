using System.Text;
using Atropos.InferenceRouter.Configuration;
using Atropos.Router.V1;

namespace Atropos.InferenceRouter.Tests;

public sealed class ServersFileTests
{
    [Fact]
    public void Parse_aWholeFile_readsEveryField()
    {
        var options = Parse("""
            {
              // What the trainer started.
              "model_name": "m", "tokenizer_name": "t", "max_model_len": 4096, "tool_parser": "hermes", "reasoning_parser": "qwen3",
              "servers": [
                {"base_url": "http://a:8000/v1", "server_type": "vllm", "api_key": "k", "num_max_requests_at_once": 512, "timeout": 1200,
                 "idle_timeout": 0.5, "weight_version": "7", "logprob_kind": "processed", "health_check": false, "id": "first"},
                {"base_url": "https://b:30000/", "server_type": "sglang", "model_name": "other", "engine_model_name": "lora-1"},
              ],
            }
            """);

        var first = options.Engines[0];
        Assert.Equal(("first", "http://a:8000/v1", "vllm", "k", 512), (first.Id, first.BaseUrl, first.Dialect, first.ApiKey, first.MaxRequestsInFlight));
        Assert.Equal((TimeSpan.FromMinutes(20), TimeSpan.FromSeconds(0.5)), (first.Timeout, first.IdleTimeout));
        Assert.Equal(("7", LogprobKind.Processed, false), (first.WeightVersion, first.LogprobKind, first.HealthCheck));
        Assert.Equal(["m"], first.Models);
        Assert.Equal(["other"], options.Engines[1].Models);
        Assert.Equal("lora-1", options.Engines[1].EngineModelName);
        Assert.Equal(["m:t:4096:hermes:qwen3", "other::0::"], options.Models.Select(m => $"{m.Name}:{m.Tokenizer}:{m.MaxModelLen}:{m.ToolParser}:{m.ReasoningParser}"));
    }

    [Fact]
    public void Parse_aFileWithManyFaults_namesThemAllAtOnce()
    {
        var failure = Assert.Throws<ServersFileException>(() => Parse("""
            {"model_name": "m", "colour": 1, "balancing": "best", "servers": [
              {"server_type": "vllm"},
              {"base_url": "localhost:8000", "server_type": "tgi", "api_ky": "k"},
              {"base_url": "http://a", "server_type": "vllm", "timeout": -1, "num_max_requests_at_once": 1.5, "health_check": "yes", "logprob_kind": "log"},
              7
            ]}
            """));

        string[] expected =
        [
            "colour: not known; known are model_name",
            "balancing: 'best' is not known; known are least_in_flight, round_robin",
            "servers[0].base_url: missing",
            "servers[1].api_ky: not known; known are base_url",
            "servers[1].base_url: 'localhost:8000' is not an http or https URL",
            "servers[1].server_type: 'tgi' is not known; known are vllm, sglang",
            "servers[2].timeout: -1 is not a time to wait",
            "servers[2].num_max_requests_at_once: 1.5 is not a whole number",
            "servers[2].health_check: must be true or false",
            "servers[2].logprob_kind: 'log' is not known; known are raw, tempered, processed",
            "servers[3]: must be an object",
        ];
        Assert.All(expected, problem => Assert.Contains(failure.Problems, found => found.StartsWith(problem, StringComparison.Ordinal)));
        Assert.Equal(expected.Length, failure.Problems.Count);
        Assert.StartsWith("servers.json: colour: not known", failure.Message, StringComparison.Ordinal);
        Assert.Contains("; servers[0].base_url: missing", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("{\n \"servers\": [}", "line 2, byte 14: not JSON")]
    [InlineData("[]", "must be a JSON object with a member 'servers'")]
    [InlineData("""{"model_name": "m"}""", "servers: empty; name at least one engine")]
    [InlineData("""{"model_name": "m", "servers": {}}""", "servers: must be a list, is object")]
    [InlineData("""{"servers": [{"base_url": "http://a", "server_type": "vllm"}]}""", "servers[0].model_name: missing")]
    [InlineData("""{"model_name": "m", "servers": [{"base_url": "http://u:p@a", "server_type": "vllm"}]}""", "servers[0].base_url: holds a user name")]
    public void Parse_aFaultyFile_saysWhatIsWrong(string content, string problem)
    {
        var failure = Assert.Throws<ServersFileException>(() => Parse(content));

        Assert.Contains(problem, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_twoTokenizersForOneModel_isAProblem()
    {
        var failure = Assert.Throws<ServersFileException>(() => Parse("""
            {"model_name": "m", "tokenizer_name": "a", "servers": [{"base_url": "http://a", "server_type": "vllm", "tokenizer_name": "b"}]}
            """));

        Assert.StartsWith("servers[0].tokenizer_name: 'b' is not what was said of m before ('a')", failure.Problems.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_aFileThatIsNotThere_namesIt()
    {
        var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"), "servers.json");

        var failure = Assert.Throws<ServersFileException>(() => ServersFile.Load(path));

        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://a:1/v1", "http://a:1/")]
    [InlineData("http://a:1/v1/", "http://a:1/")]
    [InlineData("http://a:1/proxy/v1", "http://a:1/proxy/")]
    [InlineData("http://v1.example/my/v1x", "http://v1.example/my/v1x/")]
    [InlineData("http://a:1", "http://a:1/")]
    public void TryParse_aBaseUrl_takesOffOnlyALastV1(string text, string expected)
    {
        Assert.True(EngineBaseUrl.TryParse(text, out var url, out _));
        Assert.Equal(expected, url.AbsoluteUri);
    }

    private static InferenceRouterOptions Parse(string text) => ServersFile.Parse(Encoding.UTF8.GetBytes(text));
}
