using Atropos.TokenizerService.Grpc;
using Atropos.TokenizerService.Output;
using Atropos.TokenizerService.Registry;
using Atropos.TokenizerService.Templates;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Atropos.TokenizerService;

/// <summary>Adds the tokenizer service to a host.</summary>
public static class TokenizerServiceExtensions
{
    /// <summary>
    /// Adds the service. Tokenizers are loaded when it is first resolved; call <see cref="LoadTokenizers"/> to load
    /// them at start.
    /// </summary>
    /// <param name="services">Where to add it.</param>
    /// <param name="options">What to serve.</param>
    public static IServiceCollection AddTokenizerService(this IServiceCollection services, TokenizerServiceOptions options)
    {
        services.TryAddSingleton(options);
        services.TryAddSingleton<TokenizerRegistry>();
        services.TryAddSingleton<ChatRenderer>();
        services.TryAddSingleton<OutputStreamFactory>();
        services.TryAddSingleton<TokenizerCalls>();
        services.TryAddSingleton<TokenizerGrpcService>();
        return services;
    }

    /// <summary>Loads the tokenizers now.</summary>
    /// <param name="services">The host's services.</param>
    /// <exception cref="Tokenizers.TokenizerLoadException">A file is missing or broken; the message names it.</exception>
    public static void LoadTokenizers(this IServiceProvider services) => services.GetRequiredService<TokenizerRegistry>();

    /// <summary>Serves it over gRPC.</summary>
    /// <param name="endpoints">The host's endpoints.</param>
    public static void MapTokenizerService(this IEndpointRouteBuilder endpoints) => endpoints.MapGrpcService<TokenizerGrpcService>();

    /// <summary>Binds it to an in-process caller.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="binder">Where to bind it.</param>
    public static void BindTokenizerService(this IServiceProvider services, ServiceBinderBase binder) =>
        Tokenizer.V1.TokenizerService.BindService(binder, services.GetRequiredService<TokenizerGrpcService>());
}
