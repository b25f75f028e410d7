using Atropos.Edge;
using Atropos.Hosting;
using Atropos.Hosting.Errors;
using Atropos.Hosting.InProcess;
using Atropos.InferenceRouter;
using Atropos.InferenceRouter.Configuration;
using Atropos.InferenceRouter.Service;
using Atropos.SessionTracker;
using Atropos.SessionTracker.Stores;
using Atropos.TokenizerService;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Atropos.Standalone;

/// <summary>All services in one process, joined by calls that need no socket.</summary>
internal static class StandaloneHost
{
    public static async Task<int> RunAsync(StandaloneOptions options)
    {
        await using var engine = options.Config is null ? await EmbeddedEngine.StartAsync(options) : null;
        InferenceRouterOptions? router = null;
        return await HostRunner.RunAsync(
            () =>
            {
                router = engine?.RouterOptions() ?? ServersFile.LoadOption("--config", options.Config!);
                return Build(options, router);
            },
            started: app => StartupText.Write(Console.Out, app, options, router!));
    }

    private static WebApplication Build(StandaloneOptions options, InferenceRouterOptions router)
    {
        var builder = WebApplication.CreateSlimBuilder();
        var tokenizers = options.Tokenizers();
        TokenizerCommandOptions.AddConfigured(tokenizers, builder.Configuration);
        ModelTokenizers.Resolve(router, tokenizers);
        builder.AddAtroposDefaults(new HostEndpoints(options.Host, GrpcPort(options), options.Port));
        builder.Services.AddAtroposGrpc();
        builder.Services.AddTokenizerService(tokenizers);
        builder.Services.AddInferenceRouter(router);
        AddStore(builder.Services, options.Store);
        builder.Services.AddSessionTracker(
            services => InProcess(services, inProcess => inProcess.AddTokenizerService(services)),
            services => InProcess(services, inProcess => inProcess.Add(services.GetRequiredService<InferenceRouterGrpcService>())));

        var app = builder.Build();
        app.Services.LoadTokenizers();
        app.MapTokenizerService();
        app.MapInferenceRouter();
        app.MapSessionTracker();
        app.MapAtroposGrpc();
        app.UseRequestIds();
        app.MapEdge(
            InProcess(app.Services, inProcess => inProcess.AddSessionTracker(app.Services)),
            TimeProvider.System);
        return app;
    }

    private static int GrpcPort(StandaloneOptions options) => options switch
    {
        { GrpcPort: { } port } => port,
        { Port: 0 } => 0,
        { Port: 65535 } => throw new BadOptionException("--grpc-port", "missing, and there is no port after 65535; give one"),
        _ => options.Port + 1,
    };

    private static void AddStore(IServiceCollection services, string store)
    {
        if (store == StandaloneOptions.MemoryStore)
        {
            services.TryAddSingleton<ISessionStore, MemorySessionStore>();
        }
        else
        {
            services.AddSqliteSessionStore(store, "--store");
        }
    }

    private static InProcessCallInvoker InProcess(IServiceProvider services, Action<InProcessServices> add)
    {
        var inProcess = new InProcessServices(services.GetRequiredService<ErrorInterceptor>());
        add(inProcess);
        return new InProcessCallInvoker(inProcess);
    }
}
