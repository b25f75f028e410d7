using Atropos.InferenceRouter.Configuration;
using Atropos.ReferenceEngine;
using Atropos.TokenizerService;

namespace Atropos.Standalone;

/// <summary>
/// The reference engine in this process, on a loopback port of its own: the router speaks to it as it speaks to any
/// engine, over HTTP.
/// </summary>
internal sealed class EmbeddedEngine : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EmbeddedEngine(WebApplication app)
    {
        _app = app;
    }

    public static async Task<EmbeddedEngine> StartAsync(StandaloneOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        builder.Services.AddReferenceEngine(engine =>
        {
            engine.TokensPerSecond = options.EngineTokensPerSecond;
            engine.Seed = options.EngineSeed;
        });

        // The process's own signals stop the gateway first; the engine is stopped after it, when nothing needs it any more.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        var app = builder.Build();
        app.MapReferenceEngine();
        await app.StartAsync();
        return new EmbeddedEngine(app);
    }

    /// <summary>What a servers.json for it would say.</summary>
    public InferenceRouterOptions RouterOptions()
    {
        var options = new InferenceRouterOptions();
        var engine = new EngineOptions { Id = "embedded", BaseUrl = _app.Urls.First(), Dialect = "vllm" };
        foreach (var model in (string[])[ReferenceEngineModels.Reference, ReferenceEngineModels.Echo])
        {
            engine.Models.Add(model);
            options.Models.Add(new ServedModelOptions { Name = model, Tokenizer = TokenizerSource.Embedded });
        }

        options.Engines.Add(engine);
        return options;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
