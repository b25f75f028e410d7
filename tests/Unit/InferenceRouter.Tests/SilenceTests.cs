using Atropos.InferenceRouter.Dialects;
using Atropos.InferenceRouter.Engines;
using Atropos.InferenceRouter.Errors;
using Atropos.InferenceRouter.Streaming;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Atropos.InferenceRouter.Tests;

public sealed class SilenceTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly HttpClient _http = EngineHttp.CreateClient(TimeSpan.FromSeconds(10));
    private readonly ManualTime _time = new();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task GenerateAsync_whenTheReaderIsSlow_doesNotBlameTheEngine()
    {
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var engine = await FakeEngine.StartAsync();
        engine.Then(async context =>
        {
            await FakeEngine.WriteAsync(context, "text/event-stream", Vllm.Event(Vllm.Token(11, "-1")));
            await goOn.Task;
            await context.Response.WriteAsync(Vllm.Event(Vllm.Token(12, "-2", "stop")));
        });
        await using var events = Generate(engine);

        await NextTokensAsync(events);
        _time.Advance(Patience * 3);
        goOn.SetResult();

        Assert.Equal([12], await NextTokensAsync(events));
    }

    [Fact]
    public async Task GenerateAsync_whenTheEngineIsSilentWhileItIsRead_blamesIt()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.ThenHang(Vllm.Event(Vllm.Token(11, "-1")));
        await using var events = Generate(engine);
        await NextTokensAsync(events);

        var next = NextTokensAsync(events);
        _time.Advance(Patience);
        var failure = await Assert.ThrowsAsync<GenerationException>(() => next);

        Assert.Equal("ENGINE_SILENT", failure.Reason);
    }

    private static async Task<IEnumerable<int>> NextTokensAsync(IAsyncEnumerator<EngineEvent> events)
    {
        do
        {
            Assert.True(await events.MoveNextAsync());
        }
        while (events.Current.Sampled is null);
        return events.Current.Sampled.TokenIds;
    }

    private IAsyncEnumerator<EngineEvent> Generate(FakeEngine engine)
    {
        var dialect = new VllmDialect(new EngineHttp(_http, _time), NullLogger<VllmDialect>.Instance);
        var call = new EngineCall
        {
            Engine = new EngineModel
            {
                Id = "e0",
                BaseUrl = new Uri(engine.Url + "/"),
                Dialect = dialect,
                Models = [RouterHost.Model],
                Timeout = Patience * 1000,
                IdleTimeout = Patience,
            },
            EngineRequestId = "r",
            Request = RouterHost.Request(),
            Model = RouterHost.Model,
            Continued = [],
            MaxTokens = 8,
            MinTokens = 0,
        };
        return dialect.GenerateAsync(call, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
    }
}
