using Atropos.Hosting;
using Atropos.InferenceRouter.Configuration;
using Atropos.Router.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Atropos.InferenceRouter.Tests;

/// <summary>The router on a real socket, before the given engines.</summary>
internal sealed class RouterHost : IAsyncDisposable
{
    public const string Model = "m";
    private readonly WebApplication _app;
    private readonly GrpcChannel _channel;

    private RouterHost(WebApplication app, GrpcChannel channel)
    {
        _app = app;
        _channel = channel;
        Client = new InferenceRouterService.InferenceRouterServiceClient(channel);
    }

    public InferenceRouterService.InferenceRouterServiceClient Client { get; }

    public static Task<RouterHost> StartAsync(string dialect, params FakeEngine[] engines) => StartAsync(_ => { }, dialect, engines);

    public static Task<RouterHost> StartAsync(Action<InferenceRouterOptions> configure, string dialect, params FakeEngine[] engines)
    {
        var options = new InferenceRouterOptions();
        foreach (var engine in engines)
        {
            options.Engines.Add(new EngineOptions
            {
                Id = $"e{options.Engines.Count}",
                BaseUrl = engine.Url + "/v1",
                Dialect = dialect,
                Models = { Model },
                HealthCheck = false,
            });
        }

        configure(options);
        return StartAsync(options);
    }

    public static async Task<RouterHost> StartAsync(InferenceRouterOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.AddAtroposDefaults(new HostEndpoints("localhost", 0));
        builder.Logging.ClearProviders();
        builder.Services.AddAtroposGrpc();
        builder.Services.AddInferenceRouter(options);
        var app = builder.Build();
        app.MapInferenceRouter();
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new RouterHost(app, GrpcChannel.ForAddress(address));
    }

    public static GenerateRequest Request(params int[] prompt) => new()
    {
        RequestId = "turn-1",
        Tokens = new TokenPrompt { TokenIds = { prompt.Length == 0 ? [1, 2, 3] : prompt } },
        Sampling = new SamplingParameters { MaxTokens = 8 },
    };

    public async Task<List<GenerateResponse>> GenerateAsync(GenerateRequest request)
    {
        using var call = Client.Generate(request);
        var events = new List<GenerateResponse>();
        await foreach (var response in call.ResponseStream.ReadAllAsync())
        {
            events.Add(response);
        }

        return events;
    }

    /// <summary>The error that a generation ends with.</summary>
    public async Task<RpcException> FailAsync(GenerateRequest request) => await Assert.ThrowsAsync<RpcException>(() => GenerateAsync(request));

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _app.DisposeAsync();
    }
}
