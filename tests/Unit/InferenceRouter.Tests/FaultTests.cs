using System.Text;
using Atropos.InferenceRouter.Configuration;
using Atropos.Router.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Atropos.InferenceRouter.Tests;

public sealed class FaultTests
{
    private static readonly string Whole = string.Concat(new[] { Vllm.Token(11, "-1"), Vllm.Token(12, "-2"), Vllm.Token(13, "-3", "stop"), Vllm.Usage(3, 3), Vllm.Done }.Select(Vllm.Event));

    [Fact]
    public async Task Generate_whenAnEngineRefusesConnections_takesAnother()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.ThenStream(Vllm.Token(5, "-1", "stop"), Vllm.Usage(3, 1), Vllm.Done);
        var gone = await FakeEngine.StartAsync();
        await gone.DisposeAsync();
        await using var router = await RouterHost.StartAsync("vllm", gone, engine);
        var request = RouterHost.Request();
        request.PreferredEngine = "e0";

        var events = await router.GenerateAsync(request);

        Assert.Equal([5], events.Ids());
        Assert.Equal(("e1", 2), (events.Starts().Single().EngineId, events.Starts().Single().Attempt));
        var list = await router.Client.ListEnginesAsync(new ListEnginesRequest());
        Assert.Equal([1L, 0L], list.Engines.Select(item => item.RequestsFailed));
        Assert.Contains("cannot be reached", list.Engines[0].LastError, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(401)]
    public async Task Generate_whenAnEngineFailsBeforeTheFirstToken_takesAnother(int status)
    {
        await using var first = await FakeEngine.StartAsync();
        await using var second = await FakeEngine.StartAsync();
        first.ThenJson("""{"error":{"message":"no","type":"X","code":1}}""", status);
        second.ThenStream(Vllm.Token(5, "-1", "stop"), Vllm.Usage(3, 1), Vllm.Done);
        await using var router = await RouterHost.StartAsync("vllm", first, second);
        var request = RouterHost.Request();
        request.PreferredEngine = "e0";

        var events = await router.GenerateAsync(request);

        Assert.Equal("e1", events[0].Started.EngineId);
        Assert.NotEqual(first.Bodies.Single().GetProperty("request_id").GetString(), second.Bodies.Single().GetProperty("request_id").GetString());
    }

    [Theory]
    [InlineData(400, """{"error":{"message":"too long","code":400}}""", StatusCode.InvalidArgument)]
    [InlineData(400, """{"object":"error","message":"too long","type":"BadRequestError","param":null,"code":400}""", StatusCode.InvalidArgument)]
    [InlineData(422, """{"detail":[{"msg":"too long"}]}""", StatusCode.InvalidArgument)]
    [InlineData(413, "too long", StatusCode.InvalidArgument)]
    [InlineData(401, """{"error":"too long"}""", StatusCode.FailedPrecondition)]
    [InlineData(404, """{"detail":"too long"}""", StatusCode.FailedPrecondition)]
    [InlineData(429, """{"error":{"message":"too long"}}""", StatusCode.ResourceExhausted)]
    [InlineData(503, """{"message":"too long"}""", StatusCode.Unavailable)]
    [InlineData(500, """{"error":{"message":"too long","code":"x"}}""", StatusCode.Internal)]
    public async Task Generate_whenTheEngineRefuses_tellsItsOwnWords(int status, string body, StatusCode expected)
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.ThenJson(body, status);
        await using var router = await RouterHost.StartAsync(options => options.MaxAttempts = 1, "vllm", engine);

        var failure = await router.FailAsync(RouterHost.Request());

        Assert.Equal(expected, failure.StatusCode);
        Assert.Contains("too long", failure.Status.Detail, StringComparison.Ordinal);
        Assert.Single(engine.Bodies);
    }

    [Fact]
    public async Task Generate_whenAnEngineDiesInMidAnswer_anotherGoesOnFromTheSameTokens()
    {
        await using var first = await FakeEngine.StartAsync();
        await using var second = await FakeEngine.StartAsync();
        first.ThenDie(Vllm.Event(Vllm.Chunk([11, 12], ["-1", "-2"])));
        second.ThenStream(Vllm.Token(13, "-3", "stop"), Vllm.Usage(5, 1), Vllm.Done);
        await using var router = await RouterHost.StartAsync("vllm", first, second);
        var request = RouterHost.Request();
        request.PreferredEngine = "e0";
        request.Sampling.MinTokens = 3;

        var events = await router.GenerateAsync(request);

        Assert.Equal([11, 12, 13], events.Ids());
        Assert.Equal([-1f, -2f, -3f], events.Logprobs());
        Assert.Equal(["e0", "e1"], events.Starts().Select(item => item.EngineId));
        var body = second.Bodies.Single();
        Assert.Equal("[1,2,3,11,12]", body.GetProperty("prompt").GetRawText());
        Assert.Equal((6, 1), (body.GetProperty("max_tokens").GetInt32(), body.GetProperty("min_tokens").GetInt32()));
        Assert.Equal((3, 3), (events.Usage().PromptTokens, events.Usage().CompletionTokens));
    }

    [Theory]
    [InlineData("resume")]
    [InlineData("n")]
    [InlineData("constraint")]
    [InlineData("penalty")]
    public async Task Generate_whenAnEngineDiesAndNoneCanGoOn_saysWhy(string obstacle)
    {
        await using var first = await FakeEngine.StartAsync();
        await using var second = await FakeEngine.StartAsync();
        first.ThenDie(Vllm.Event(Vllm.Token(11, "-1")));
        await using var router = await RouterHost.StartAsync("vllm", first, second);
        var request = RouterHost.Request();
        request.PreferredEngine = "e0";
        switch (obstacle)
        {
            case "resume":
                request.Resume = false;
                break;
            case "n":
                request.N = 2;
                break;
            case "penalty":
                request.Sampling.PresencePenalty = 0.5f;
                break;
            default:
                request.Sampling.Regex = "a+";
                break;
        }

        var failure = await router.FailAsync(request);

        Assert.Equal((StatusCode.Unavailable, "NOT_RESUMABLE"), (failure.StatusCode, failure.Reason()));
        Assert.Empty(second.Bodies);
    }

    [Fact]
    public async Task Generate_whereverTheFirstEngineIsCut_givesTheSameTokens()
    {
        await using var first = await FakeEngine.StartAsync();
        await using var second = await FakeEngine.StartAsync();
        await using var router = await RouterHost.StartAsync(options => options.UnhealthyAfter = 100_000, "vllm", first, second);
        var request = RouterHost.Request();
        request.PreferredEngine = "e0";
        for (var cut = 0; cut < Whole.Length; cut += 3)
        {
            first.ThenDie(Whole[..cut]);
            second.Then(GoOnAsync);
            List<GenerateResponse> events;
            try
            {
                events = await router.GenerateAsync(request);
            }
            catch (RpcException failure)
            {
                // Cut after the end was told but before the count came: nothing is left to go on with.
                Assert.Equal("NOT_RESUMABLE", failure.Reason());
                continue;
            }

            Assert.Equal([11, 12, 13], events.Ids());
            Assert.Equal([-1f, -2f, -3f], events.Logprobs());
        }

        Task GoOnAsync(HttpContext context)
        {
            var known = second.Bodies.Last().GetProperty("prompt").GetArrayLength() - 3;
            var rest = new[] { Vllm.Token(11, "-1"), Vllm.Token(12, "-2"), Vllm.Token(13, "-3", "stop") }.Skip(known);
            var text = string.Concat(rest.Append(Vllm.Usage(3 + known, 3 - known)).Append(Vllm.Done).Select(Vllm.Event));
            return FakeEngine.WriteAsync(context, "text/event-stream", text);
        }
    }

    [Fact]
    public async Task Generate_fromAStreamSentByteByByte_isTheSame()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.Then(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            foreach (var item in Encoding.UTF8.GetBytes(Whole))
            {
                await context.Response.Body.WriteAsync(new[] { item });
                await context.Response.Body.FlushAsync();
            }
        });
        await using var router = await RouterHost.StartAsync("vllm", engine);

        var events = await router.GenerateAsync(RouterHost.Request());

        Assert.Equal([11, 12, 13], events.Ids());
    }

    [Fact]
    public async Task Generate_withoutDoneAndUsage_isWholeOnceFinished()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.ThenStream(Vllm.Token(11, "-1"), Vllm.Token(12, "-2", "length"));
        await using var router = await RouterHost.StartAsync("vllm", engine);

        var events = await router.GenerateAsync(RouterHost.Request());

        Assert.Equal((3, 2), (events.Usage().PromptTokens, events.Usage().CompletionTokens));
    }

    [Fact]
    public async Task Generate_whenTheCallerCancels_closesTheEnginesConnection()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.ThenHang(Vllm.Event(Vllm.Token(11, "-1")));
        await using var router = await RouterHost.StartAsync("vllm", engine);
        using (var call = router.Client.Generate(RouterHost.Request()))
        {
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        }

        await engine.Aborted.Task.WaitAsync(TimeSpan.FromSeconds(30));
        var list = await router.Client.ListEnginesAsync(new ListEnginesRequest());
        Assert.Equal(0, list.Engines[0].RequestsFailed);
    }

    [Fact]
    public async Task Generate_whenTheEngineGoesSilent_anotherGoesOn()
    {
        await using var first = await FakeEngine.StartAsync();
        await using var second = await FakeEngine.StartAsync();
        first.ThenHang(Vllm.Event(Vllm.Token(11, "-1")));
        second.ThenStream(Vllm.Token(12, "-2", "stop"), Vllm.Usage(4, 1), Vllm.Done);
        await using var router = await RouterHost.StartAsync(options => options.Engines[0].IdleTimeout = TimeSpan.FromMilliseconds(200), "vllm", first, second);
        var request = RouterHost.Request();
        request.PreferredEngine = "e0";

        var events = await router.GenerateAsync(request);

        Assert.Equal([11, 12], events.Ids());
        await first.Aborted.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Generate_whenTheEngineTakesTooLong_isDeadlineExceeded()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.ThenHang("");
        await using var router = await RouterHost.StartAsync(options => options.Engines[0].Timeout = TimeSpan.FromMilliseconds(200), "vllm", engine);

        var failure = await router.FailAsync(RouterHost.Request());

        Assert.Equal((StatusCode.DeadlineExceeded, "ENGINE_TIMEOUT"), (failure.StatusCode, failure.Reason()));
    }

    [Fact]
    public async Task Generate_whenTheOnlyEngineAsksForAPause_triesItAgain()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.Then(context =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "1";
            return Task.CompletedTask;
        });
        engine.ThenStream(Vllm.Token(5, "-1", "stop"), Vllm.Usage(3, 1), Vllm.Done).ThenStream(Vllm.Token(5, "-1", "stop"), Vllm.Usage(3, 1), Vllm.Done);
        await using var router = await RouterHost.StartAsync("vllm", engine);

        var events = await Task.WhenAll(router.GenerateAsync(RouterHost.Request()), router.GenerateAsync(RouterHost.Request()));

        Assert.All(events, own => Assert.Equal([5], own.Ids()));
        Assert.Equal([1, 2], events.Select(own => own.Starts().Single().Attempt).Order());
    }

    [Fact]
    public async Task Generate_whenTheConnectionIsReset_neverGivesWrongTokens()
    {
        await using var first = await FakeEngine.StartAsync();
        await using var second = await FakeEngine.StartAsync();
        first.Then(async context =>
        {
            await FakeEngine.WriteAsync(context, "text/event-stream", Vllm.Event(Vllm.Token(11, "-1")));
            context.Abort();
        });
        second.Then(context =>
        {
            // What the reset left of the first token decides how much is still to come.
            var known = second.Bodies.Last().GetProperty("prompt").GetArrayLength() - 3;
            var rest = new[] { Vllm.Token(11, "-1"), Vllm.Token(12, "-2", "stop") }.Skip(known).Select(Vllm.Event);
            return FakeEngine.WriteAsync(context, "text/event-stream", string.Concat(rest));
        });
        await using var router = await RouterHost.StartAsync("vllm", first, second);
        var request = RouterHost.Request();
        request.PreferredEngine = "e0";

        var events = await router.GenerateAsync(request);

        Assert.Equal([11, 12], events.Ids());
        Assert.Equal("e1", events.Starts()[^1].EngineId);
    }

    [Fact]
    public async Task Generate_whenNoEngineIsWell_isUnavailable()
    {
        var gone = await FakeEngine.StartAsync();
        await gone.DisposeAsync();
        await using var router = await RouterHost.StartAsync((InferenceRouterOptions options) => options.UnhealthyAfter = 1, "vllm", gone);

        var failure = await router.FailAsync(RouterHost.Request());

        Assert.Equal((StatusCode.Unavailable, "NO_HEALTHY_ENGINE"), (failure.StatusCode, failure.Reason()));
        Assert.Contains("cannot be reached", failure.Status.Detail, StringComparison.Ordinal);
    }
}
