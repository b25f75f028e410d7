using Atropos.SessionTracker.Grpc;
using Atropos.SessionTracker.Stores;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Atropos.SessionTracker;

/// <summary>Adds the session tracker to a host.</summary>
public static class SessionTrackerExtensions
{
    /// <summary>
    /// Registers the session tracker: <see cref="SessionTrackerServices"/> and its two gRPC services as singletons. Needs an
    /// <see cref="ISessionStore"/> among the services.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="tokenizer">Gives what reaches the tokenizer service; asked once.</param>
    /// <param name="router">Gives what reaches the inference router; asked once.</param>
    /// <param name="options">How to work; null for the defaults.</param>
    public static IServiceCollection AddSessionTracker(
        this IServiceCollection services,
        Func<IServiceProvider, CallInvoker> tokenizer,
        Func<IServiceProvider, CallInvoker> router,
        SessionTrackerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new SessionTrackerServices(
            tokenizer(provider),
            router(provider),
            provider.GetRequiredService<ISessionStore>(),
            provider.GetRequiredService<TimeProvider>(),
            options));
        services.TryAddSingleton(provider => provider.GetRequiredService<SessionTrackerServices>().Completions);
        services.TryAddSingleton(provider => provider.GetRequiredService<SessionTrackerServices>().Sessions);
        return services;
    }

    /// <summary>Serves the session tracker over gRPC. <see cref="AddSessionTracker"/> must have been called.</summary>
    public static IEndpointRouteBuilder MapSessionTracker(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        endpoints.MapGrpcService<CompletionGrpcService>();
        endpoints.MapGrpcService<SessionGrpcService>();
        return endpoints;
    }
}
