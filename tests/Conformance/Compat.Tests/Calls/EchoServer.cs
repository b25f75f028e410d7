using System.Net;
using Atropos.Tests.Echo;
using Grpc.AspNetCore.Server;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Atropos.Compat.Tests.Calls;

/// <summary>The echo service over Kestrel, HTTP/2 without TLS, on a free port.</summary>
internal sealed class EchoServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EchoServer(WebApplication app)
    {
        _app = app;
    }

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public static async Task<EchoServer> StartAsync(
        EchoServiceImpl service, IReadOnlyList<Interceptor>? interceptors = null, Action<GrpcServiceOptions>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddSingleton(service);
        builder.Services.AddSingleton(new InterceptorList(interceptors ?? []));
        builder.Services.AddGrpc(options =>
        {
            options.MaxReceiveMessageSize = null;
            options.Interceptors.Add<InterceptorListRunner>();
            configure?.Invoke(options);
        });
        var app = builder.Build();
        app.MapGrpcService<EchoServiceImpl>();
        await app.StartAsync();
        return new EchoServer(app);
    }

    public GrpcChannel Connect(Action<GrpcChannelOptions>? configure = null)
    {
        var options = new GrpcChannelOptions { MaxReceiveMessageSize = null };
        configure?.Invoke(options);
        return GrpcChannel.ForAddress(Address, options);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
