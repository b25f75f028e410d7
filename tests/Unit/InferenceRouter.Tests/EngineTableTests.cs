using Atropos.InferenceRouter.Configuration;
using Atropos.Router.V1;
using Grpc.Core;

namespace Atropos.InferenceRouter.Tests;

public sealed class EngineTableTests
{
    [Fact]
    public async Task AssignEngine_withoutAWish_goesRound()
    {
        await using var first = await FakeEngine.StartAsync();
        await using var second = await FakeEngine.StartAsync();
        await using var router = await RouterHost.StartAsync("vllm", first, second);

        var one = await router.Client.AssignEngineAsync(new AssignEngineRequest());
        var two = await router.Client.AssignEngineAsync(new AssignEngineRequest());

        Assert.NotEqual(one.Engine.Id, two.Engine.Id);
        Assert.Equal(("m", "m"), (one.Model, one.Tokenizer));
    }

    [Fact]
    public async Task AssignEngine_byBaseUrl_takesThatOneOrNamesThoseThatThereAre()
    {
        await using var first = await FakeEngine.StartAsync();
        await using var second = await FakeEngine.StartAsync();
        await using var router = await RouterHost.StartAsync("vllm", first, second);

        var found = await router.Client.AssignEngineAsync(new AssignEngineRequest { BaseUrl = second.Url + "/v1/" });
        var failure = await Assert.ThrowsAsync<RpcException>(
            async () => await router.Client.AssignEngineAsync(new AssignEngineRequest { BaseUrl = "http://nowhere:1" }));

        Assert.Equal("e1", found.Engine.Id);
        Assert.Equal(StatusCode.NotFound, failure.StatusCode);
        Assert.Contains(first.Url, failure.Status.Detail, StringComparison.Ordinal);
        Assert.Contains(second.Url, failure.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListServedModels_givesTheDefaultFirst_withWhatIsKnownOfEach()
    {
        var options = new InferenceRouterOptions();
        options.Models.Add(new ServedModelOptions { Name = "b", Tokenizer = "t", MaxModelLen = 9, ToolParser = "hermes", ReasoningParser = "qwen3" });
        options.Models.Add(new ServedModelOptions { Name = "unserved" });
        options.Engines.Add(new EngineOptions { BaseUrl = "http://localhost:9", Dialect = "vllm", Models = { "a", "b" }, HealthCheck = false });
        options.Engines.Add(new EngineOptions { BaseUrl = "http://localhost:9", Dialect = "sglang", Models = { "a" }, HealthCheck = false });
        await using var router = await RouterHost.StartAsync(options);

        var models = await router.Client.ListServedModelsAsync(new ListServedModelsRequest());
        var engines = await router.Client.ListEnginesAsync(new ListEnginesRequest { Model = "a" });

        Assert.Equal(["b t 9 hermes qwen3", "a a 0  "], models.Models.Select(m => $"{m.Name} {m.Tokenizer} {m.MaxModelLen} {m.ToolParser} {m.ReasoningParser}"));
        Assert.Equal(["localhost:9", "localhost:9#2"], engines.Engines.Select(engine => engine.Id));
    }

    [Fact]
    public async Task Generate_pinned_neverTakesAnotherEngine()
    {
        await using var first = await FakeEngine.StartAsync();
        await using var second = await FakeEngine.StartAsync();
        first.ThenJson("{}", 500).ThenJson("{}", 500).ThenJson("{}", 500);
        await using var router = await RouterHost.StartAsync(options => options.UnhealthyAfter = 10, "vllm", first, second);
        var request = RouterHost.Request();
        request.PreferredEngine = "e0";
        request.Pinned = true;

        var failure = await router.FailAsync(request);

        Assert.Equal("ENGINE_FAILED", failure.Reason());
        Assert.Equal((3, 0), (first.Bodies.Count, second.Bodies.Count));
    }

    [Fact]
    public async Task Generate_withAnAffinityKey_staysWithOneEngine()
    {
        await using var first = await FakeEngine.StartAsync();
        await using var second = await FakeEngine.StartAsync();
        await using var router = await RouterHost.StartAsync("vllm", first, second);
        for (var i = 0; i < 6; i++)
        {
            first.ThenStream(Vllm.Token(5, "-1", "stop"));
            second.ThenStream(Vllm.Token(5, "-1", "stop"));
        }

        var request = RouterHost.Request();
        request.AffinityKey = "session-1";
        for (var i = 0; i < 6; i++)
        {
            await router.GenerateAsync(request);
        }

        Assert.Equal([0, 6], new[] { first.Bodies.Count, second.Bodies.Count }.Order());
    }
}
