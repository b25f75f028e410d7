using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Atropos.ReferenceEngine;

/// <summary>Adds the reference engine to an ASP.NET application.</summary>
public static class ReferenceEngineExtensions
{
    /// <summary>Registers the engine. It loads its models when the first request arrives.</summary>
    /// <param name="services">The application's services; a <see cref="TimeProvider"/> among them is used.</param>
    /// <param name="configure">Changes the options.</param>
    /// <returns><paramref name="services"/>.</returns>
    public static IServiceCollection AddReferenceEngine(
        this IServiceCollection services, Action<ReferenceEngineOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<ReferenceEngineOptions>();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.AddRouting();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<Engine>();
        services.TryAddSingleton(provider => new ChatPrompts(provider.GetRequiredService<Engine>().Tokenizer));
        services.TryAddSingleton<VllmRequestParser>();
        services.TryAddSingleton<VllmGeneration>();
        services.TryAddSingleton<VllmControl>();
        services.TryAddSingleton<SglangRequestParser>();
        services.TryAddSingleton<SglangGeneration>();
        services.TryAddSingleton<SglangControl>();
        return services;
    }

    /// <summary>Maps the routes of the dialects that the options name, below the builder's prefix.</summary>
    /// <param name="endpoints">Where to map; <see cref="AddReferenceEngine"/> must have been called on its services.</param>
    /// <returns>The routes, for conventions that apply to all of them.</returns>
    public static IEndpointConventionBuilder MapReferenceEngine(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var options = endpoints.ServiceProvider.GetRequiredService<IOptions<ReferenceEngineOptions>>().Value;
        var routes = endpoints.MapGroup("");
        MapShared(routes, options.Dialects == EngineDialects.Sglang ? RouteGuard.Sglang : RouteGuard.Vllm);
        if (options.Dialects.HasFlag(EngineDialects.Vllm))
        {
            MapVllm(routes);
        }

        if (options.Dialects.HasFlag(EngineDialects.Sglang))
        {
            MapSglang(routes);
        }

        return routes;
    }

    private static void MapShared(IEndpointRouteBuilder routes, Func<RequestDelegate, RequestDelegate> guard)
    {
        routes.MapGet("/health", Healthy);
        routes.MapMethods("/ping", ["GET", "POST"], Healthy);
        routes.MapGet("/metrics", guard(Call<VllmControl>((control, context) => control.MetricsAsync(context))));
        routes.MapGet("/v1/models", guard(Call<VllmControl>((control, context) => control.ModelsAsync(context))));
        routes.MapPost("/tokenize", guard(Call<VllmControl>((control, context) => control.TokenizeAsync(context))));
        routes.MapPost("/detokenize", guard(Call<VllmControl>((control, context) => control.DetokenizeAsync(context))));
        routes.MapPost("/v1/completions", guard(Call<VllmGeneration>((generation, context) => generation.CompletionsAsync(context))));
        routes.MapPost("/v1/chat/completions", guard(Call<VllmGeneration>((generation, context) => generation.ChatAsync(context))));
        routes.MapPost(
            "/update_weight_version", guard(Call<SglangControl>((control, context) => control.UpdateWeightVersionAsync(context))));
    }

    private static void MapVllm(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/version", VllmControl.VersionAsync);
        routes.MapGet("/load", RouteGuard.Vllm(Call<VllmControl>((control, context) => control.LoadAsync(context))));
        routes.MapGet("/weight_info", RouteGuard.Vllm(Call<VllmControl>((control, context) => control.WeightInfoAsync(context))));
        routes.MapPost("/pause", RouteGuard.Vllm(Call<VllmControl>((control, context) => control.PauseAsync(context))));
        routes.MapPost("/resume", RouteGuard.Vllm(Call<VllmControl>((control, context) => control.ResumeAsync(context))));
        routes.MapGet("/is_paused", RouteGuard.Vllm(Call<VllmControl>((control, context) => control.IsPausedAsync(context))));
    }

    private static void MapSglang(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/generate", RouteGuard.Sglang(Call<SglangGeneration>((generation, context) => generation.GenerateAsync(context))));
        foreach (var path in new[] { "/model_info", "/get_model_info" })
        {
            routes.MapGet(path, RouteGuard.Sglang(Call<SglangControl>((control, context) => control.ModelInfoAsync(context))));
        }

        foreach (var path in new[] { "/server_info", "/get_server_info" })
        {
            routes.MapGet(path, RouteGuard.Sglang(Call<SglangControl>((control, context) => control.ServerInfoAsync(context))));
        }

        routes.MapGet("/health_generate", RouteGuard.Sglang(Call<SglangControl>((control, context) => control.HealthGenerateAsync(context))));
        routes.MapPost("/abort_request", RouteGuard.Sglang(Call<SglangControl>((control, context) => control.AbortAsync(context))));
        routes.MapMethods(
            "/flush_cache", ["GET", "POST"], RouteGuard.Sglang(Call<SglangControl>((control, context) => control.FlushCacheAsync(context))));
        routes.MapPost("/pause_generation", RouteGuard.Sglang(Call<SglangControl>((control, context) => control.PauseAsync(context))));
        routes.MapPost("/continue_generation", RouteGuard.Sglang(Call<SglangControl>((control, context) => control.ContinueAsync(context))));
    }

    private static Task Healthy(HttpContext context)
    {
        context.Response.StatusCode = 200;
        return Task.CompletedTask;
    }

    private static RequestDelegate Call<T>(Func<T, HttpContext, Task> action)
        where T : notnull =>
        context => action(context.RequestServices.GetRequiredService<T>(), context);
}
