using Atropos.Hosting;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Atropos.SessionTracker.Tests.Support;

/// <summary>A host on a free port, as the house's hosts are.</summary>
internal sealed class GrpcHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private GrpcHost(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    public static async Task<GrpcHost> StartAsync(Action<IServiceCollection> add, Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.AddAtroposDefaults(new HostEndpoints("localhost", 0));
        builder.Logging.ClearProviders();
        builder.Services.AddAtroposGrpc();
        add(builder.Services);
        var app = builder.Build();
        map(app);
        app.MapAtroposGrpc();
        await app.StartAsync();
        return new GrpcHost(app);
    }

    public GrpcChannel Connect() => GrpcChannels.Create(Address);

    public async ValueTask DisposeAsync()
    {
        // Streams between services last as long as the hosts do; a test does not wait for them to be drained.
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}
