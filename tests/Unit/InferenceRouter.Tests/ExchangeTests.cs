using Atropos.Router.V1;
using Grpc.Core;

namespace Atropos.InferenceRouter.Tests;

public sealed class ExchangeTests
{
    [Fact]
    public async Task Exchange_manyGenerationsOverOneStream_areToldApart()
    {
        await using var engine = await FakeEngine.StartAsync();
        for (var i = 0; i < 20; i++)
        {
            engine.Then(context =>
            {
                // The engine answers what it was asked: the prompt's only token.
                var id = engine.Bodies.Last().GetProperty("prompt")[0].GetInt32();
                return FakeEngine.WriteAsync(context, "text/event-stream", Vllm.Event(Vllm.Token(id, "-1", "stop")) + Vllm.Event(Vllm.Usage(1, 1)));
            });
        }

        await using var router = await RouterHost.StartAsync(options => options.Engines[0].MaxRequestsInFlight = 1, "vllm", engine);
        using var call = router.Client.Exchange();
        for (var i = 0; i < 20; i++)
        {
            await call.RequestStream.WriteAsync(new ExchangeRequest { CorrelationId = (ulong)i, Generate = RouterHost.Request(100 + i) });
        }

        await call.RequestStream.CompleteAsync();
        var events = await call.ResponseStream.ReadAllAsync().ToListAsync();

        for (var i = 0; i < 20; i++)
        {
            var own = events.Where(item => item.CorrelationId == (ulong)i).ToList();
            Assert.Equal([100 + i], own.Where(item => item.Response is not null).Select(item => item.Response).Ids());
            Assert.Equal(ExchangeResponse.EventOneofCase.Done, own[^1].EventCase);
        }
    }

    [Fact]
    public async Task Exchange_cancelOne_abortsItOnTheEngineAndLeavesTheOthers()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.ThenHang(Vllm.Event(Vllm.Token(11, "-1")));
        engine.ThenStream(Vllm.Token(12, "-1", "stop"), Vllm.Usage(3, 1), Vllm.Done);
        await using var router = await RouterHost.StartAsync("vllm", engine);
        using var call = router.Client.Exchange();
        await call.RequestStream.WriteAsync(new ExchangeRequest { CorrelationId = 1, Generate = RouterHost.Request() });
        await call.ResponseStream.MoveNext(CancellationToken.None);
        await call.RequestStream.WriteAsync(new ExchangeRequest { CorrelationId = 1, Cancel = new CancelGeneration() });
        await engine.Aborted.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await call.RequestStream.WriteAsync(new ExchangeRequest { CorrelationId = 2, Generate = RouterHost.Request() });
        await call.RequestStream.CompleteAsync();

        var events = await call.ResponseStream.ReadAllAsync().ToListAsync();

        Assert.Equal((int)StatusCode.Cancelled, events.Last(item => item.CorrelationId == 1).Error.Code);
        Assert.NotNull(events.Last(item => item.CorrelationId == 2).Done);
    }

    [Fact]
    public async Task Exchange_aGenerationThatFails_saysStatusReasonAndField()
    {
        await using var engine = await FakeEngine.StartAsync();
        await using var router = await RouterHost.StartAsync("vllm", engine);
        using var call = router.Client.Exchange();
        await call.RequestStream.WriteAsync(new ExchangeRequest { CorrelationId = 1, Generate = new GenerateRequest() });
        await call.RequestStream.CompleteAsync();

        var error = (await call.ResponseStream.ReadAllAsync().ToListAsync()).Single().Error;

        Assert.Equal(((int)StatusCode.InvalidArgument, "INVALID_REQUEST", "tokens.token_ids"), (error.Code, error.Reason, error.Field));
    }

    [Fact]
    public async Task Exchange_aCorrelationIdInUse_endsTheStream()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.ThenHang(Vllm.Event(Vllm.Token(11, "-1")));
        await using var router = await RouterHost.StartAsync("vllm", engine);
        using var call = router.Client.Exchange();
        await call.RequestStream.WriteAsync(new ExchangeRequest { CorrelationId = 1, Generate = RouterHost.Request() });
        await call.ResponseStream.MoveNext(CancellationToken.None);
        await call.RequestStream.WriteAsync(new ExchangeRequest { CorrelationId = 1, Generate = RouterHost.Request() });

        var failure = await Assert.ThrowsAsync<RpcException>(async () => await call.ResponseStream.ReadAllAsync().ToListAsync());

        Assert.Equal(StatusCode.InvalidArgument, failure.StatusCode);
        await engine.Aborted.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Exchange_whenTheCallerGoesAway_abortsEverything()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.ThenHang(Vllm.Event(Vllm.Token(11, "-1")));
        await using var router = await RouterHost.StartAsync("vllm", engine);
        using (var call = router.Client.Exchange())
        {
            await call.RequestStream.WriteAsync(new ExchangeRequest { CorrelationId = 1, Generate = RouterHost.Request() });
            await call.ResponseStream.MoveNext(CancellationToken.None);
        }

        await engine.Aborted.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }
}
