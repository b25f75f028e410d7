using Atropos.ChatFormats.Templates;
using Atropos.Hosting;
using Atropos.Hosting.Health;
using Atropos.Hosting.InProcess;
using Atropos.TokenizerService.Grpc;
using Atropos.TokenizerService.Registry;
using Atropos.TokenizerService.Templates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Atropos.TokenizerService;

/// <summary>Adds the tokenizer service to a host.</summary>
public static class TokenizerServiceExtensions
{
    /// <summary>
    /// Adds the service. Tokenizers are loaded when they are first used; call <see cref="LoadTokenizers"/> to load or check them
    /// at start, as the options say.
    /// </summary>
    /// <param name="services">Where to add it.</param>
    /// <param name="options">What to serve.</param>
    public static IServiceCollection AddTokenizerService(this IServiceCollection services, TokenizerServiceOptions options)
    {
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(options);
        services.TryAddSingleton(provider => new TokenizerRegistry(
            provider.GetRequiredService<TokenizerServiceOptions>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<TokenizerRegistry>>(),
            provider.GetService<HealthRegistry>()));
        services.TryAddSingleton(_ => ChatRenderer.CreateTemplateCache());
        services.TryAddSingleton(provider => Create(
            provider, provider.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None));
        services.AddHostedService<TokenizerFileWatch>();
        return services;
    }

    /// <summary>Loads the tokenizers now, or looks whether they are there, as the options say.</summary>
    /// <param name="services">The host's services.</param>
    /// <exception cref="BadOptionException">A file is missing or broken; the message names it.</exception>
    public static void LoadTokenizers(this IServiceProvider services) => services.GetRequiredService<TokenizerRegistry>().Start();

    /// <summary>Serves it over gRPC.</summary>
    /// <param name="endpoints">The host's endpoints.</param>
    public static void MapTokenizerService(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGrpcService<TokenizerGrpcService>().Add(MessageLimitText.Add);

    /// <summary>Serves it to callers in the same process.</summary>
    /// <param name="inProcess">Where to add it.</param>
    /// <param name="services">The host's services.</param>
    public static InProcessServices AddTokenizerService(this InProcessServices inProcess, IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(inProcess);

        // Whoever calls in this process stops with it, and needs the service for what it has to bring to an end.
        return inProcess.Add(Create(services, CancellationToken.None));
    }

    private static TokenizerGrpcService Create(IServiceProvider services, CancellationToken stopping) => new(
        services.GetRequiredService<TokenizerRegistry>(),
        services.GetRequiredService<TemplateCache>(),
        new ExchangeLifetime(
            services.GetRequiredService<TokenizerServiceOptions>().StopGrace, services.GetRequiredService<TimeProvider>(), stopping));
}
