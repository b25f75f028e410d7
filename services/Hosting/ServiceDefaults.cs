using Atropos.Hosting.Errors;
using Atropos.Hosting.Health;
using Atropos.Hosting.Logging;
using Atropos.Hosting.Reflection;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Atropos.Hosting;

/// <summary>What every host of the house sets up in the same way.</summary>
public static class ServiceDefaults
{
    /// <summary>How long calls in flight may take to end after SIGTERM or Ctrl-C before they are cut off.</summary>
    public static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Sets up listeners, log and shutdown: gRPC (HTTP/2 without TLS) and HTTP/1.1 on a port each, one log line an event on
    /// the console, and <see cref="DrainTime"/> for calls in flight. A call that never ends by itself has to end
    /// on <see cref="IHostApplicationLifetime.ApplicationStopping"/>.
    /// </summary>
    /// <param name="builder">The host's builder.</param>
    /// <param name="endpoints">Where to listen.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="BadOptionException">A port or the host is not valid.</exception>
    public static WebApplicationBuilder AddAtroposDefaults(this WebApplicationBuilder builder, HostEndpoints endpoints)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(endpoints);
        KestrelListeners.Validate(endpoints);
        builder.WebHost.ConfigureKestrel(options => KestrelListeners.Configure(options, endpoints));

        // Kestrel warns that its own listeners override this; the listeners above are the only ones there are to be.
        builder.WebHost.UseSetting(WebHostDefaults.ServerUrlsKey, "");
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = DrainTime);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Logging.ClearProviders();
        builder.Logging.AddConsoleFormatter<CompactConsoleFormatter, CompactConsoleFormatterOptions>();
        builder.Logging.AddConsole(options =>
        {
            options.FormatterName = CompactConsoleFormatter.FormatterName;
            options.LogToStandardErrorThreshold = LogLevel.Warning;
        });
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("Grpc", LogLevel.Warning);

        // Failures are logged once, by the error interceptor; this category would repeat each of them.
        builder.Logging.AddFilter("Grpc.AspNetCore.Server.ServerCallHandler", LogLevel.Critical);
        return builder;
    }

    /// <summary>Adds the gRPC server with the house's limits, the error funnel, health and reflection.</summary>
    /// <param name="services">The host's services.</param>
    /// <returns>The gRPC server's builder.</returns>
    public static IGrpcServerBuilder AddAtroposGrpc(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<HealthRegistry>();
        services.TryAddSingleton<HealthService>();
        services.TryAddSingleton<ErrorInterceptor>();
        services.TryAddSingleton(provider => new ReflectionService(MappedServices.Of(provider.GetRequiredService<EndpointDataSource>())));
        return services.AddGrpc(options =>
        {
            options.MaxReceiveMessageSize = GrpcLimits.MaxMessageBytes;
            options.MaxSendMessageSize = GrpcLimits.MaxMessageBytes;
            options.Interceptors.Add<ErrorInterceptor>();
        });
    }

    /// <summary>
    /// Maps health (for gRPC, and as <c>GET /healthz</c> for those who only speak HTTP) and reflection. When the host has started, the server and every mapped gRPC service count as serving unless
    /// their status in the <see cref="HealthRegistry"/> has been set before; when it stops, as not serving.
    /// </summary>
    /// <param name="app">The host.</param>
    /// <returns><paramref name="app"/>.</returns>
    public static WebApplication MapAtroposGrpc(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapGrpcService<HealthService>();
        app.MapGrpcService<ReflectionService>();
        var registry = app.Services.GetRequiredService<HealthRegistry>();
        app.MapGet("/healthz", () => registry.Get("") == ServingStatus.Serving ? Results.Text("serving") : Results.StatusCode(503));
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            registry.TryAdd("");
            foreach (var service in MappedServices.Of(app.Services.GetRequiredService<EndpointDataSource>()))
            {
                registry.TryAdd(service.FullName);
            }
        });
        app.Lifetime.ApplicationStopping.Register(registry.Shutdown);
        return app;
    }
}
