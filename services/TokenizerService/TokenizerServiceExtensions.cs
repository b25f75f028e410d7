using Atropos.Hosting;
using Atropos.Hosting.InProcess;
using Atropos.TokenizerService.Grpc;
using Atropos.TokenizerService.Output;
using Atropos.TokenizerService.Registry;
using Atropos.TokenizerService.Templates;
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
    /// <exception cref="BadOptionException">A file is missing or broken; the message names it.</exception>
    public static void LoadTokenizers(this IServiceProvider services)
    {
        try
        {
            services.GetRequiredService<TokenizerRegistry>();
        }
        catch (Tokenizers.TokenizerLoadException error)
        {
            throw new BadOptionException("tokenizer", error.Message, error);
        }
    }

    /// <summary>Serves it over gRPC.</summary>
    /// <param name="endpoints">The host's endpoints.</param>
    public static void MapTokenizerService(this IEndpointRouteBuilder endpoints) => endpoints.MapGrpcService<TokenizerGrpcService>();

    /// <summary>Serves it to callers in the same process.</summary>
    /// <param name="inProcess">Where to add it.</param>
    /// <param name="services">The host's services.</param>
    public static InProcessServices AddTokenizerService(this InProcessServices inProcess, IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(inProcess);
        return inProcess.Add(services.GetRequiredService<TokenizerGrpcService>());
    }
}
