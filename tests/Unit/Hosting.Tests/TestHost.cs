using Atropos.Tests.Echo;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Atropos.Hosting.Tests;

/// <summary>A host made as the house's hosts are, with the echo service and one HTTP route.</summary>
internal static class TestHost
{
    public static WebApplication Build(HostEndpoints endpoints, EchoServiceImpl? echo = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.AddAtroposDefaults(endpoints);
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddAtroposGrpc();
        builder.Services.AddSingleton(echo ?? new EchoServiceImpl(new EchoProbe()));
        var app = builder.Build();
        app.MapAtroposGrpc();
        app.MapGrpcService<EchoServiceImpl>();
        app.MapGet("/hello", () => "hello");
        return app;
    }

    public static async Task<WebApplication> StartAsync(EchoServiceImpl? echo = null)
    {
        var app = Build(new HostEndpoints("127.0.0.1", 0, 0), echo);
        await app.StartAsync();
        return app;
    }

    /// <summary>Addresses in the order of the listeners: gRPC, then HTTP.</summary>
    public static string[] Addresses(WebApplication app) =>
        [.. app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];
}
