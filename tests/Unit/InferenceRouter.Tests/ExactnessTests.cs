using Grpc.Core;

namespace Atropos.InferenceRouter.Tests;

public sealed class ExactnessTests
{
    [Theory]
    [InlineData("[-0.5,null]", "LOGPROBS_MISSING")]
    [InlineData("[-0.5,NaN]", "LOGPROBS_MISSING")]
    [InlineData("[-0.5,-9999.0]", "LOGPROBS_MISSING")]
    [InlineData("[-0.5,-3.4028234663852886e+38]", "LOGPROBS_MISSING")]
    [InlineData("[-0.5,0.5]", "LOGPROB_OUT_OF_RANGE")]
    [InlineData("[-0.5]", "LOGPROBS_MISMATCH")]
    [InlineData("[-0.5,-1,-1]", "LOGPROBS_MISMATCH")]
    public async Task Generate_withLogprobsThatCannotBe_failsLoudly(string logprobs, string reason)
    {
        await AssertDataLossAsync(
            reason,
            $$"""{"choices":[{"index":0,"text":"a","token_ids":[4,5],"logprobs":{"token_logprobs":{{logprobs}},"tokens":["token_id:4","token_id:5"]},"finish_reason":"stop"}]}""");
    }

    [Fact]
    public Task Generate_withNamesThatAreNotTheIds_failsLoudly() => AssertDataLossAsync(
        "TOKEN_IDS_MISMATCH",
        """{"choices":[{"index":0,"text":"a","token_ids":[4],"logprobs":{"token_logprobs":[-1],"tokens":["token_id:5"]},"finish_reason":"stop"}]}""");

    [Fact]
    public Task Generate_withAnotherPrompt_failsLoudly() =>
        AssertDataLossAsync("PROMPT_MISMATCH", Vllm.Chunk([4], ["-1"], "stop", prompt: "0,1,2,3"));

    [Fact]
    public Task Generate_withAnotherPromptCount_failsLoudly() =>
        AssertDataLossAsync("PROMPT_MISMATCH", Vllm.Token(4, "-1", "stop"), Vllm.Usage(4, 1), Vllm.Done);

    [Fact]
    public Task Generate_withTokensThatNeverCame_failsLoudly() =>
        AssertDataLossAsync("TOKEN_COUNT_MISMATCH", Vllm.Token(4, "-1", "stop"), Vllm.Usage(3, 2), Vllm.Done);

    [Fact]
    public Task Generate_withANegativeId_failsLoudly() =>
        AssertDataLossAsync("TOKEN_IDS_MISSING", """{"choices":[{"index":0,"token_ids":[-4],"finish_reason":null}]}""");

    [Theory]
    [InlineData("{not json")]
    [InlineData("[]")]
    [InlineData("""{"choices":[{"index":7,"text":"a"}]}""")]
    [InlineData("""{"choices":[{"index":0,"token_ids":["a"]}]}""")]
    public Task Generate_withGarbage_failsLoudly(string data) => AssertDataLossAsync("ANSWER_UNREADABLE", data);

    [Fact]
    public async Task Generate_withoutIds_isRefusedUnlessAllowed()
    {
        const string Text = """{"choices":[{"index":0,"text":" a\u00e9","logprobs":{"token_logprobs":[-1.0],"tokens":[" a"]},"finish_reason":"stop"}]}""";
        await using var engine = await FakeEngine.StartAsync();
        engine.ThenStream(Text, Vllm.Usage(3, 1), Vllm.Done).ThenStream(Text, Vllm.Usage(3, 1), Vllm.Done);
        await using var router = await RouterHost.StartAsync("vllm", engine);
        var request = RouterHost.Request();

        var failure = await router.FailAsync(request);
        request.AllowUntracked = true;
        var events = await router.GenerateAsync(request);

        Assert.Equal((StatusCode.FailedPrecondition, "TOKEN_IDS_MISSING"), (failure.StatusCode, failure.Reason()));
        Assert.False(events[0].Started.Tracked);
        var sampled = events.Single(item => item.Sampled is not null).Sampled;
        Assert.Equal((" a\u00e9", 0, 0), (sampled.UntrackedText, sampled.TokenIds.Count, sampled.Logprobs.Count));
    }

    [Fact]
    public async Task Generate_withoutLogprobs_isRefusedUnlessAllowed()
    {
        const string Bare = """{"choices":[{"index":0,"text":" a","token_ids":[4],"logprobs":null,"finish_reason":"stop"}]}""";
        await using var engine = await FakeEngine.StartAsync();
        engine.ThenStream(Bare, Vllm.Usage(3, 1), Vllm.Done).ThenStream(Bare, Vllm.Usage(3, 1), Vllm.Done);
        await using var router = await RouterHost.StartAsync("vllm", engine);
        var request = RouterHost.Request();

        var failure = await router.FailAsync(request);
        request.AllowUntracked = true;
        var events = await router.GenerateAsync(request);

        Assert.Equal((StatusCode.FailedPrecondition, "LOGPROBS_MISSING"), (failure.StatusCode, failure.Reason()));
        Assert.False(events[0].Started.Tracked);
        Assert.Equal([4], events.Ids());
        Assert.Empty(events.Logprobs());
    }

    [Fact]
    public async Task Generate_whenIdsStopComing_failsLoudly()
    {
        await AssertDataLossAsync("TOKEN_IDS_MISSING", Vllm.Token(4, "-1"), """{"choices":[{"index":0,"text":"b","finish_reason":"stop"}]}""");
    }

    [Fact]
    public async Task Generate_whenAnErrorComesInsideAGoodStream_isThatError()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.ThenStream(Vllm.Token(4, "-1"), """{"error":{"message":"bad grammar","type":"BadRequestError","param":null,"code":400}}""", Vllm.Done);
        await using var router = await RouterHost.StartAsync("vllm", engine);

        var failure = await router.FailAsync(RouterHost.Request());

        Assert.Equal(StatusCode.InvalidArgument, failure.StatusCode);
        Assert.Contains("bad grammar", failure.Status.Detail, StringComparison.Ordinal);
    }

    private static async Task AssertDataLossAsync(string reason, params string[] data)
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.ThenStream(data);
        await using var router = await RouterHost.StartAsync(options => options.MaxAttempts = 1, "vllm", engine);

        var failure = await router.FailAsync(RouterHost.Request());

        Assert.Equal((StatusCode.DataLoss, reason), (failure.StatusCode, failure.Reason()));
    }
}
