using Atropos.Transcoding.Calls;
using Atropos.Transcoding.OpenApi;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Atropos.Transcoding;

/// <summary>Maps gRPC services to HTTP with JSON, by their <c>google.api.http</c> rules.</summary>
public static class TranscodingEndpoints
{
    /// <summary>Maps services that are reached through one invoker.</summary>
    /// <param name="endpoints">Where to map. One call an application: the endpoint takes every path that no other endpoint has.</param>
    /// <param name="invoker">What calls go through.</param>
    /// <param name="services">The services.</param>
    /// <param name="options">Limits, headers and so on; null for the defaults.</param>
    /// <returns>The endpoints, for conventions such as authorization.</returns>
    /// <exception cref="InvalidOperationException">A rule or option of a method cannot be followed; the message names it.</exception>
    public static IEndpointConventionBuilder MapTranscoding(
        this IEndpointRouteBuilder endpoints, CallInvoker invoker, IEnumerable<ServiceDescriptor> services, TranscodingOptions? options = null)
        => endpoints.MapTranscoding(services.Select(s => new TranscodedService(s, invoker)), options);

    /// <summary>Maps services, each with its own invoker.</summary>
    /// <param name="endpoints">Where to map. One call an application: the endpoint takes every path that no other endpoint has.</param>
    /// <param name="services">The services.</param>
    /// <param name="options">Limits, headers and so on; null for the defaults.</param>
    /// <returns>The endpoints, for conventions such as authorization.</returns>
    /// <exception cref="InvalidOperationException">A rule or option of a method cannot be followed; the message names it.</exception>
    public static IEndpointConventionBuilder MapTranscoding(
        this IEndpointRouteBuilder endpoints, IEnumerable<TranscodedService> services, TranscodingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(services);
        options ??= new TranscodingOptions();
        TranscodedService[] list = [.. services];
        var logger = endpoints.ServiceProvider.GetRequiredService<ILoggerFactory>().CreateLogger("Atropos.Transcoding");
        var table = CallFactory.CreateTable(list, options);
        var dispatcher = new TranscodingDispatcher(table, options, logger);

        if (options.OpenApi is { } openApi)
        {
            var document = new OpenApiDocument([.. list.Select(s => s.Descriptor)], openApi);
            endpoints.MapMethods(openApi.Path, [HttpMethods.Get, HttpMethods.Head], document.WriteAsync);
        }

        var builder = endpoints.Map("/{**path}", dispatcher.InvokeAsync);
        builder.Add(endpoint =>
        {
            ((RouteEndpointBuilder)endpoint).Order = int.MaxValue;
            endpoint.DisplayName = "gRPC transcoding";
        });
        return builder;
    }
}
