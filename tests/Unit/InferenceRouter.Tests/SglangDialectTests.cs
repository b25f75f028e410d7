using System.Text.Json;
using Atropos.Router.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Atropos.InferenceRouter.Tests;

public sealed class SglangDialectTests
{
    [Fact]
    public async Task Generate_fromACumulativeStream_takesOnlyWhatIsNew()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.ThenStream(
            Sglang.Event([11], ["-0.5"], 1),
            Sglang.Event([11, 12, 13], ["-0.5", "-1.5", "-2"], 3),
            Sglang.Event([11, 12, 13], ["-0.5", "-1.5", "-2"], 3),
            Sglang.Event([11, 12, 13, 99], ["-0.5", "-1.5", "-2", "-0.02"], 4, Sglang.Eos),
            "[DONE]");
        await using var router = await RouterHost.StartAsync("sglang", engine);

        var events = await router.GenerateAsync(RouterHost.Request());

        Assert.Equal([11, 12, 13, 99], events.Ids());
        Assert.Equal([-0.5f, -1.5f, -2f, -0.02f], events.Logprobs());
        Assert.Equal(LogprobKind.Tempered, events[0].Started.LogprobKind);
        Assert.Equal("v1", events[0].Started.WeightVersion);
        Assert.Equal(CompletionFinished.StopReasonOneofCase.None, events.Finish().StopReasonCase);
        Assert.Equal(new GenerationUsage { PromptTokens = 3, CompletionTokens = 4, CachedTokens = 1 }, events.Usage());
    }

    [Fact]
    public async Task Generate_fromAnIncrementalStream_takesEveryEvent()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.ThenStream(
            Sglang.Event([11, 12], ["-0.5", "-0.6"], 2),
            Sglang.Event([13, 14], ["-1.5", "-1.6"], 4),
            Sglang.Event([], [], 4),
            Sglang.Event([99], ["-0.02"], 5, Sglang.Eos),
            "[DONE]");
        await using var router = await RouterHost.StartAsync("sglang", engine);

        var events = await router.GenerateAsync(RouterHost.Request());

        Assert.Equal([11, 12, 13, 14, 99], events.Ids());
        Assert.Equal([-0.5f, -0.6f, -1.5f, -1.6f, -0.02f], events.Logprobs());
    }

    [Fact]
    public async Task Generate_fromAnOldBuild_takesIdsFromTheLogprobs()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.ThenStream(
            Sglang.Event([11], ["-0.5"], 1, idsJson: ""),
            Sglang.Event([11, 99], ["-0.5", "-0.02"], 2, Sglang.Eos, idsJson: ""),
            "[DONE]");
        await using var router = await RouterHost.StartAsync("sglang", engine);

        var events = await router.GenerateAsync(RouterHost.Request());

        Assert.Equal([11, 99], events.Ids());
    }

    [Fact]
    public async Task Generate_whereIdsAreNewOnlyAndLogprobsRepeat_judgesEachArrayAlone()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.ThenStream(
            Sglang.Event([11], ["-0.5"], 1),
            Sglang.Event([11, 12], ["-0.5", "-1.5"], 2, idsJson: "\"output_ids\":[12],"),
            Sglang.Event([11, 12, 99], ["-0.5", "-1.5", "-0.02"], 3, Sglang.Eos, idsJson: "\"output_ids\":[99],"),
            "[DONE]");
        await using var router = await RouterHost.StartAsync("sglang", engine);

        var events = await router.GenerateAsync(RouterHost.Request());

        Assert.Equal([11, 12, 99], events.Ids());
        Assert.Equal([-0.5f, -1.5f, -0.02f], events.Logprobs());
    }

    [Fact]
    public async Task Generate_withSeveralCompletions_followsTheIndex()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.ThenStream(
            Sglang.Event([11], ["-0.5"], 1, index: 0),
            Sglang.Event([21], ["-0.7"], 1, index: 1),
            Sglang.Event([21, 22], ["-0.7", "-0.8"], 2, """{"type":"length","length":2}""", index: 1),
            Sglang.Event([11, 99], ["-0.5", "-0.1"], 2, Sglang.Eos, index: 0),
            "[DONE]");
        await using var router = await RouterHost.StartAsync("sglang", engine);
        var request = RouterHost.Request();
        request.N = 2;

        var events = await router.GenerateAsync(request);

        Assert.Equal([11, 99], events.Ids());
        Assert.Equal([21, 22], events.Ids(1));
        Assert.Equal(FinishReason.Length, events.Finish(1).FinishReason);
        Assert.Equal(4, events.Usage().CompletionTokens);
    }

    [Fact]
    public async Task Generate_whenTheWeightsChangeInMidAnswer_marksTheTokensAfter()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.ThenStream(
            Sglang.Event([11], ["-0.5"], 1),
            Sglang.Event([11, 99], ["-0.5", "-0.02"], 2, Sglang.Eos).Replace("\"v1\"", "\"v2\"", StringComparison.Ordinal),
            "[DONE]");
        await using var router = await RouterHost.StartAsync("sglang", engine);

        var events = await router.GenerateAsync(RouterHost.Request());

        Assert.Equal(["", "v2"], events.Where(item => item.Sampled is not null).Select(item => item.Sampled.WeightVersion));
    }

    [Fact]
    public async Task Generate_withPromptLogprobs_readsTheInputTuples()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.ThenStream(
            Sglang.Event([99], ["-0.5"], 1, Sglang.Eos, more: """
                "input_token_logprobs":[[null,1,null],[-1.5,2,null],[-0.25,3,null]],"input_top_logprobs":[null,[[-0.4,8,null],[-1.5,2,null]],[[-0.25,3,null],[-4.9,271,null]]],
                """),
            "[DONE]");
        await using var router = await RouterHost.StartAsync("sglang", engine);
        var request = RouterHost.Request();
        request.PromptLogprobs = 1;

        var prompt = (await router.GenerateAsync(request)).Single(item => item.PromptLogprobs is not null).PromptLogprobs;

        Assert.Equal([-1.5f, -0.25f], prompt.Logprobs);
        Assert.Equal([8, 3], prompt.TopLogprobs.Select(top => top.TokenIds.Single()));
        Assert.Equal(0, engine.Bodies.Single().GetProperty("logprob_start_len").GetInt32());
    }

    [Fact]
    public async Task Generate_sendsTheEnginesOwnNames()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.ThenStream(Sglang.Event([99], ["-0.5"], 1, """{"type":"stop","matched":"END"}"""), "[DONE]");
        await using var router = await RouterHost.StartAsync("sglang", engine);
        var request = RouterHost.Request();
        request.Sampling.Stop.Add("END");
        request.Sampling.Seed = 4;
        request.Sampling.JsonSchema = """{"type":"object"}""";
        request.Extra = Struct.Parser.ParseJson("""{"lora_path":"a","stream":false,"sampling_params":{"stop_regex":"x","temperature":0.1}}""");

        var events = await router.GenerateAsync(request);

        var body = engine.Bodies.Single();
        var sampling = body.GetProperty("sampling_params");
        Assert.Equal("[1,2,3]", body.GetProperty("input_ids").GetRawText());
        Assert.True(body.GetProperty("stream").GetBoolean());
        Assert.Equal("a", body.GetProperty("lora_path").GetString());
        Assert.Equal(JsonValueKind.String, sampling.GetProperty("json_schema").ValueKind);
        Assert.Equal(8, sampling.GetProperty("max_new_tokens").GetInt32());
        Assert.Equal(4, sampling.GetProperty("sampling_seed").GetInt32());
        Assert.Equal("x", sampling.GetProperty("stop_regex").GetString());
        Assert.Equal(1, sampling.GetProperty("temperature").GetDouble());
        Assert.False(sampling.TryGetProperty("logprobs", out _));
        Assert.Equal("END", events.Finish().Stop);
    }

    [Fact]
    public async Task Generate_whenTheEngineAborts_keepsWhatCame()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.ThenStream(
            Sglang.Event([11, 12, 13], ["-0.5", "-1", "-1"], 3),
            Sglang.Event([13], ["-1"], 3, """{"type":"abort","message":"Abort in waiting queue"}"""),
            "[DONE]");
        await using var router = await RouterHost.StartAsync("sglang", engine);

        var events = await router.GenerateAsync(RouterHost.Request());

        Assert.Equal([11, 12, 13], events.Ids());
        Assert.Equal(FinishReason.Abort, events.Finish().FinishReason);
        Assert.Equal("abort: Abort in waiting queue", events.Finish().EngineFinishReason);
    }

    [Fact]
    public async Task Generate_anAbortBeforeTheFirstTokenThatNamesAStatus_isThatError()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.ThenStream(Sglang.Event([], [], 0, """{"type":"abort","message":"Input is too long","status_code":400,"err_type":"BadRequestError"}"""), "[DONE]");
        await using var router = await RouterHost.StartAsync("sglang", engine);

        var failure = await router.FailAsync(RouterHost.Request());

        Assert.Equal(StatusCode.InvalidArgument, failure.StatusCode);
        Assert.Contains("Input is too long", failure.Status.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"output_ids\":[11,13],", "TOKEN_IDS_MISMATCH")]
    [InlineData("\"output_ids\":[11],", "TOKEN_COUNT_MISMATCH")]
    public async Task Generate_whenIdsAndLogprobsDoNotFit_failsLoudly(string ids, string reason)
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.ThenStream(Sglang.Event([11, 12], ["-1", "-1"], 2, Sglang.Eos, idsJson: ids), "[DONE]");
        await using var router = await RouterHost.StartAsync("sglang", engine);

        var failure = await router.FailAsync(RouterHost.Request());

        Assert.Equal(StatusCode.DataLoss, failure.StatusCode);
        Assert.Equal(reason, failure.Reason());
    }
}
