using Atropos.Router.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Atropos.InferenceRouter.Tests;

public sealed class VllmDialectTests
{
    [Fact]
    public async Task Generate_streamsIdsAndLogprobs_bitForBit()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.ThenStream(
            Vllm.Chunk([11, 12], ["-0.10536051541566849", "-1.1920928244535389e-07"], prompt: "1,2,3"),
            Vllm.Token(13, "-0.0", "stop"),
            Vllm.Usage(3, 3),
            Vllm.Done);
        await using var router = await RouterHost.StartAsync("vllm", engine);

        var events = await router.GenerateAsync(RouterHost.Request());

        Assert.Equal([11, 12, 13], events.Ids());
        uint[] bits = [.. events.Logprobs().Select(BitConverter.SingleToUInt32Bits)];
        Assert.Equal([BitConverter.SingleToUInt32Bits(-0.10536051541566849f), BitConverter.SingleToUInt32Bits(-1.1920928244535389e-07f), 0x80000000u], bits);
        var started = events[0].Started;
        Assert.Equal("e0", started.EngineId);
        Assert.Equal(32, started.EngineRequestId.Length);
        Assert.Equal(LogprobKind.Raw, started.LogprobKind);
        Assert.True(started.Tracked);
        Assert.Equal(FinishReason.Stop, events.Finish().FinishReason);
        Assert.Equal(CompletionFinished.StopReasonOneofCase.None, events.Finish().StopReasonCase);
        Assert.Equal(new GenerationUsage { PromptTokens = 3, CompletionTokens = 3, CachedTokens = 2 }, events.Usage());
    }

    [Fact]
    public async Task Generate_sendsEverySamplingParameter_neutralWhereUnset()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.ThenStream(Vllm.Token(5, "-1", "length"), Vllm.Usage(3, 1), Vllm.Done);
        await using var router = await RouterHost.StartAsync(options => options.Engines[0].ApiKey = "secret", "vllm", engine);
        var request = RouterHost.Request();
        request.Extra = Struct.Parser.ParseJson("""{"temperature": 9, "echo": true, "cache_salt": "s", "truncate": {"n": 3, "x": [1.5, null, true]}}""");

        await router.GenerateAsync(request);

        var body = engine.Bodies.Single();
        Assert.Equal("[1,2,3]", body.GetProperty("prompt").GetRawText());
        string[] expected =
        [
            "model=\"m\"", "max_tokens=8", "min_tokens=0", "temperature=1", "top_p=1", "top_k=-1", "min_p=0", "presence_penalty=0",
            "frequency_penalty=0", "repetition_penalty=1", "n=1", "ignore_eos=false", "logprobs=0", "return_token_ids=true",
            "return_tokens_as_token_ids=true", "echo=false", "stream=true", "cache_salt=\"s\"", "truncate={\"n\":3,\"x\":[1.5,null,true]}",
        ];
        Assert.All(expected, item => Assert.Equal(item[(item.IndexOf('=') + 1)..], body.GetProperty(item[..item.IndexOf('=')]).GetRawText()));
        Assert.False(body.TryGetProperty("seed", out _));
        Assert.Equal("/v1/completions", engine.Paths.Single());
        var headers = engine.Headers.Single();
        Assert.Equal("Bearer secret", headers.Authorization.ToString());
        Assert.Equal(body.GetProperty("request_id").GetString(), headers["X-Request-Id"].ToString());
    }

    [Fact]
    public async Task Generate_passesStopsAndConstraints_inTheEnginesNames()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.ThenStream(Vllm.Token(5, "-1", "stop", "\"END\""), Vllm.Usage(3, 1), Vllm.Done);
        engine.ThenStream(Vllm.Token(5, "-1", "stop", "5"), Vllm.Usage(3, 1), Vllm.Done);
        await using var router = await RouterHost.StartAsync("vllm", engine);
        var request = RouterHost.Request();
        request.Sampling.Stop.Add("END");
        request.Sampling.StopTokenIds.Add(5);
        request.Sampling.LogitBias.Add(7, -2.5f);
        request.Sampling.Seed = 1L << 40;
        request.Sampling.JsonSchema = """{"type": "object"}""";

        var first = await router.GenerateAsync(request);
        request.Sampling.Regex = "a+";
        var second = await router.GenerateAsync(request);

        var body = engine.Bodies.First();
        Assert.Equal("""["END"]""", body.GetProperty("stop").GetRawText());
        Assert.Equal("[5]", body.GetProperty("stop_token_ids").GetRawText());
        Assert.Equal("""{"7":-2.5}""", body.GetProperty("logit_bias").GetRawText());
        Assert.Equal(1L << 40, body.GetProperty("seed").GetInt64());
        Assert.Equal("object", body.GetProperty("response_format").GetProperty("json_schema").GetProperty("schema").GetProperty("type").GetString());
        Assert.Equal("""{"regex":"a+"}""", engine.Bodies.Last().GetProperty("structured_outputs").GetRawText());
        Assert.Equal("END", first.Finish().Stop);
        Assert.Equal(5, second.Finish().StopTokenId);
    }

    [Fact]
    public async Task Generate_withSeveralCompletions_keepsThemApart()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.ThenStream(
            Vllm.Token(10, "-1"), Vllm.Token(20, "-2", index: 1), Vllm.Token(21, "-2.5", "length", index: 1), Vllm.Token(11, "-1.5", "stop"), Vllm.Usage(3, 4), Vllm.Done);
        await using var router = await RouterHost.StartAsync("vllm", engine);
        var request = RouterHost.Request();
        request.N = 2;

        var events = await router.GenerateAsync(request);

        Assert.Equal([10, 11], events.Ids());
        Assert.Equal([20, 21], events.Ids(1));
        Assert.Equal([-2f, -2.5f], events.Logprobs(1));
        Assert.Equal(FinishReason.Length, events.Finish(1).FinishReason);
    }

    [Fact]
    public async Task Generate_withTopLogprobs_ordersThemAndDropsTheSampledBeyond()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.ThenStream(
            """{"choices":[{"index":0,"text":"a","token_ids":[9],"logprobs":{"token_logprobs":[-4.5],"tokens":["token_id:9"],"top_logprobs":[{"token_id:9":-4.5,"token_id:3":-0.5,"token_id:4":-0.25}]},"finish_reason":"stop"}]}""",
            Vllm.Usage(3, 1),
            Vllm.Done);
        await using var router = await RouterHost.StartAsync("vllm", engine);
        var request = RouterHost.Request();
        request.TopLogprobs = 2;

        var events = await router.GenerateAsync(request);

        var top = events.Single(item => item.Sampled is not null).Sampled.TopLogprobs.Single();
        Assert.Equal([4, 3], top.TokenIds);
        Assert.Equal([-0.25f, -0.5f], top.Logprobs);
        Assert.Equal(2, engine.Bodies.Single().GetProperty("logprobs").GetInt32());
    }

    [Fact]
    public async Task Generate_withPromptLogprobs_readsTheAnswerInOnePiece()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.ThenJson("""
            {"id":"cmpl-5f","object":"text_completion","choices":[{"index":0,"text":" Hello","finish_reason":"length","stop_reason":null,
             "logprobs":{"text_offset":[0],"token_logprobs":[-0.5],"tokens":["token_id:7"],"top_logprobs":[{"token_id:7":-0.5}]},"token_ids":[7],
             "prompt_logprobs":[null,{"2":{"logprob":-1.5,"rank":3},"8":{"logprob":-0.4,"rank":1}},{"3":{"logprob":-0.25,"rank":1}}],"prompt_token_ids":[1,2,3]}],
             "usage":{"prompt_tokens":3,"total_tokens":4,"completion_tokens":1,"prompt_tokens_details":null}}
            """);
        await using var router = await RouterHost.StartAsync("vllm", engine);
        var request = RouterHost.Request();
        request.PromptLogprobs = 1;

        var events = await router.GenerateAsync(request);

        var prompt = events.Single(item => item.PromptLogprobs is not null).PromptLogprobs;
        Assert.Equal([-1.5f, -0.25f], prompt.Logprobs);
        Assert.Equal([8], prompt.TopLogprobs[0].TokenIds);
        Assert.Equal([7], events.Ids());
        Assert.False(engine.Bodies.Single().GetProperty("stream").GetBoolean());
    }

    [Fact]
    public async Task Generate_withoutTokenIds_readsThemFromTheTokensNames()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.ThenStream(
            """{"choices":[{"index":0,"text":"a","logprobs":{"token_logprobs":[-1.0,-2.0],"tokens":["token_id:4","token:5"]},"finish_reason":"stop"}]}""", Vllm.Usage(3, 2), Vllm.Done);
        await using var router = await RouterHost.StartAsync("vllm", engine);

        var events = await router.GenerateAsync(RouterHost.Request());

        Assert.Equal([4, 5], events.Ids());
    }

    [Fact]
    public async Task Generate_withoutMaxTokens_asksTheEngineForItsContext()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.Facts["/v1/models"] = """{"object":"list","data":[{"id":"m","object":"model","max_model_len":100}]}""";
        engine.Facts["/weight_info"] = """{"weight_version":"step-12"}""";
        engine.ThenStream(Vllm.Token(5, "-1", "length"), Vllm.Usage(3, 1), Vllm.Done);
        await using var router = await RouterHost.StartAsync("vllm", engine);
        var request = RouterHost.Request();
        request.Sampling.ClearMaxTokens();

        var events = await router.GenerateAsync(request);

        Assert.Equal(97, engine.Bodies.Single().GetProperty("max_tokens").GetInt32());
        Assert.Equal("step-12", events[0].Started.WeightVersion);
        var models = await router.Client.ListServedModelsAsync(new ListServedModelsRequest());
        Assert.Equal(100, models.Models.Single().MaxModelLen);
    }

    [Fact]
    public async Task Generate_afterTheWeightsChanged_namesTheNewVersion()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.ThenStream(Vllm.Token(5, "-1", "stop"), Vllm.Usage(3, 1), Vllm.Done).ThenStream(Vllm.Token(5, "-1", "stop"), Vllm.Usage(3, 1), Vllm.Done);
        await using var router = await RouterHost.StartAsync("vllm", engine);
        engine.Facts["/weight_info"] = """{"weight_version":"step-1"}""";
        var first = await router.GenerateAsync(RouterHost.Request());
        engine.Facts["/weight_info"] = """{"weight_version":"step-2"}""";
        var second = await router.GenerateAsync(RouterHost.Request());

        Assert.Equal(["step-1", "step-2"], new[] { first, second }.Select(events => events[0].Started.WeightVersion));
    }

    [Fact]
    public async Task Generate_aModelThatNoneServes_namesThoseThatThereAre()
    {
        await using var engine = await FakeEngine.StartAsync();
        await using var router = await RouterHost.StartAsync("vllm", engine);
        var request = RouterHost.Request();
        request.Model = "nope";

        var failure = await router.FailAsync(request);

        Assert.Equal(StatusCode.NotFound, failure.StatusCode);
        Assert.Contains("served are: m", failure.Status.Detail, StringComparison.Ordinal);
    }
}
