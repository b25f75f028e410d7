using Atropos.InferenceRouter.Balancing;
using Atropos.InferenceRouter.Configuration;
using Atropos.InferenceRouter.Dialects;
using Atropos.InferenceRouter.Engines;
using Atropos.InferenceRouter.Health;
using Atropos.InferenceRouter.Streaming;
using Atropos.Router.V1;
using Microsoft.Extensions.Logging.Abstractions;

namespace Atropos.InferenceRouter.Tests;

public sealed class HealthTests : IDisposable
{
    private readonly HttpClient _http = EngineHttp.CreateClient(TimeSpan.FromSeconds(5));

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task ProbeAsync_anEngineThatFailsAndRecovers_isTakenOutAndBack()
    {
        await using var fake = await FakeEngine.StartAsync();
        fake.Facts["/v1/models"] = """{"data":[{"id":"base","max_model_len":10},{"id":"m","max_model_len":20}]}""";
        var (monitor, table) = Make(fake.Url, "vllm");
        var engine = table.Engines.Single();
        fake.Healthy = false;
        await monitor.ProbeAsync(engine, CancellationToken.None);
        var afterOne = engine.State.Health;
        await monitor.ProbeAsync(engine, CancellationToken.None);
        var afterTwo = (engine.State.Health, engine.State.IsUsable, engine.State.LastError);
        fake.Healthy = true;
        await monitor.ProbeAsync(engine, CancellationToken.None);

        Assert.Equal(EngineHealth.Unspecified, afterOne);
        Assert.Equal((EngineHealth.Unhealthy, false), (afterTwo.Health, afterTwo.IsUsable));
        Assert.Contains("/health answers 503", afterTwo.LastError, StringComparison.Ordinal);
        Assert.Equal((EngineHealth.Healthy, true, 20), (engine.State.Health, engine.State.IsUsable, engine.State.MaxModelLen));
    }

    [Fact]
    public async Task ProbeAsync_anSglangEngine_learnsItsWeightVersion()
    {
        await using var fake = await FakeEngine.StartAsync();
        fake.Facts["/get_model_info"] = """{"model_path":"x","weight_version":"step-3"}""";
        var (monitor, table) = Make(fake.Url, "sglang");

        await monitor.ProbeAsync(table.Engines.Single(), CancellationToken.None);

        Assert.Equal("step-3", table.Engines.Single().WeightVersion);
    }

    [Fact]
    public void GiveAnotherChance_afterBlame_letsOneFailureDecide()
    {
        var state = new EngineState(TimeProvider.System, 3);
        state.Blame("a");
        state.Blame("b");
        Assert.True(state.Blame("c"));
        Assert.True(state.GiveAnotherChance());
        Assert.True(state.IsUsable);
        Assert.True(state.Blame("d"));
        Assert.False(state.IsUsable);
    }

    [Fact]
    public void LeaveAlone_forAWhile_sendsNothingNew()
    {
        var state = new EngineState(TimeProvider.System, 3);

        state.LeaveAlone(TimeSpan.FromHours(1));

        Assert.False(state.IsUsable);
        Assert.Equal(EngineHealth.Unspecified, state.Health);
    }

    private (EngineHealthMonitor Monitor, EngineTable Table) Make(string url, string dialect)
    {
        var options = new InferenceRouterOptions { UnhealthyAfter = 2 };
        options.Engines.Add(new EngineOptions { BaseUrl = url, Dialect = dialect, Models = { "m" } });
        var dialects = new DialectRegistry(new EngineHttp(_http, TimeProvider.System), NullLoggerFactory.Instance);
        var table = new EngineTable(options, dialects, TimeProvider.System);
        var monitor = new EngineHealthMonitor(
            table, new EngineBalancer(table, options), _http, options, TimeProvider.System, NullLogger<EngineHealthMonitor>.Instance);
        return (monitor, table);
    }
}
