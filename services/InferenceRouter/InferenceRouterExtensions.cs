using Atropos.InferenceRouter.Balancing;
using Atropos.InferenceRouter.Configuration;
using Atropos.InferenceRouter.Dialects;
using Atropos.InferenceRouter.Engines;
using Atropos.InferenceRouter.Generation;
using Atropos.InferenceRouter.Health;
using Atropos.InferenceRouter.Service;
using Atropos.InferenceRouter.Streaming;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Atropos.InferenceRouter;

/// <summary>Adds the router to a host.</summary>
public static class InferenceRouterExtensions
{
    /// <summary>Adds the router: <see cref="InferenceRouterGrpcService"/> as singleton, and the watch over its engines' health.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="options">Engines and models.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ServersFileException">The options are not valid; all problems are named.</exception>
    public static IServiceCollection AddInferenceRouter(this IServiceCollection services, InferenceRouterOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        var problems = InferenceRouterOptionsValidator.Problems(options);
        if (problems.Count > 0)
        {
            throw new ServersFileException("inference router", problems);
        }

        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider =>
        {
            var time = provider.GetRequiredService<TimeProvider>();
            var logging = provider.GetRequiredService<ILoggerFactory>();
            return new RouterParts(options, time, logging);
        });
        services.AddSingleton(provider => provider.GetRequiredService<RouterParts>().Service);
        services.AddHostedService(provider => provider.GetRequiredService<RouterParts>().Health);
        return services;
    }

    /// <summary>Maps the router's gRPC service.</summary>
    /// <param name="endpoints">The host's routes.</param>
    /// <returns>The mapped service.</returns>
    public static GrpcServiceEndpointConventionBuilder MapInferenceRouter(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        return endpoints.MapGrpcService<InferenceRouterGrpcService>();
    }

    // The parts know one another by constructor only, and nothing but the service is for others to find.
    private sealed class RouterParts : IDisposable
    {
        private readonly HttpClient _http;

        public RouterParts(InferenceRouterOptions options, TimeProvider time, ILoggerFactory logging)
        {
            _http = EngineHttp.CreateClient(options.ConnectTimeout);
            var table = new EngineTable(options, new DialectRegistry(new EngineHttp(_http, time), logging), time);
            var balancer = new EngineBalancer(table, options);
            Health = new EngineHealthMonitor(table, balancer, _http, options, time, logging.CreateLogger<EngineHealthMonitor>());
            var runner = new GenerationRunner(table, balancer, Health, options, time, logging.CreateLogger<GenerationRunner>());
            Service = new InferenceRouterGrpcService(runner, table, balancer, logging.CreateLogger<InferenceRouterGrpcService>());
        }

        public InferenceRouterGrpcService Service { get; }

        public EngineHealthMonitor Health { get; }

        public void Dispose() => _http.Dispose();
    }
}
