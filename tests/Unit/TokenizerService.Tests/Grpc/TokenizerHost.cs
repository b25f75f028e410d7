using Atropos.Hosting;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Client = Atropos.Tokenizer.V1.TokenizerService.TokenizerServiceClient;

namespace Atropos.TokenizerService.Tests.Grpc;

/// <summary>The service on Kestrel, and a client of it.</summary>
internal sealed class TokenizerHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly GrpcChannel _channel;

    private TokenizerHost(WebApplication app)
    {
        _app = app;
        Address = app.Urls.First();
        _channel = GrpcChannels.Create(Address);
        Client = new Client(_channel);
    }

    public string Address { get; }

    public Client Client { get; }

    public static async Task<TokenizerHost> StartAsync(TokenizerServiceOptions? options = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.AddAtroposDefaults(new HostEndpoints("127.0.0.1", 0));
        builder.Services.AddAtroposGrpc();
        builder.Services.AddTokenizerService(options ?? new TokenizerServiceOptions());
        var app = builder.Build();
        app.Services.LoadTokenizers();
        app.MapTokenizerService();
        app.MapAtroposGrpc();
        await app.StartAsync();
        return new TokenizerHost(app);
    }

    /// <summary>Stops the host, as a signal does; completes when every call has ended.</summary>
    public Task StopAsync() => _app.StopAsync();

    /// <summary>Tells the host to stop, and waits for nothing.</summary>
    public void BeginToStop() => _app.Lifetime.StopApplication();

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _app.DisposeAsync();
    }
}
