using Atropos.Transcoding.Tests.V1;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Atropos.Transcoding.Tests.Support;

/// <summary>A gRPC service on one Kestrel, and the transcoder before it on another.</summary>
internal sealed class LibraryHost : IAsyncDisposable
{
    private readonly WebApplication _backend;
    private readonly WebApplication _front;
    private readonly GrpcChannel _channel;

    private LibraryHost(WebApplication backend, WebApplication front, GrpcChannel channel, Library library)
    {
        _backend = backend;
        _front = front;
        _channel = channel;
        Library = library;
        Client = new HttpClient { BaseAddress = new Uri(AddressOf(front)), Timeout = TimeSpan.FromSeconds(30) };
    }

    public Library Library { get; }

    public HttpClient Client { get; }

    public static async Task<LibraryHost> StartAsync(Action<TranscodingOptions>? configure = null)
    {
        var library = new Library();
        var backend = Build(HttpProtocols.Http2, services =>
        {
            services.AddSingleton(library);
            services.AddGrpc();
        });
        backend.MapGrpcService<Library>();
        await backend.StartAsync();

        var channel = GrpcChannel.ForAddress(AddressOf(backend));
        var front = Build(HttpProtocols.Http1, _ => { });
        var options = new TranscodingOptions();
        configure?.Invoke(options);
        front.MapTranscoding(channel.CreateCallInvoker(), [LibraryService.Descriptor], options);
        await front.StartAsync();
        return new LibraryHost(backend, front, channel, library);
    }

    public async Task<(HttpResponseMessage Response, string Body)> SendAsync(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body);
        }

        var response = await Client.SendAsync(request);
        return (response, await response.Content.ReadAsStringAsync());
    }

    public async Task<string> GetAsync(string path)
    {
        var (response, body) = await SendAsync(HttpMethod.Get, path);
        Assert.True(response.IsSuccessStatusCode, body);
        return body;
    }

    public async Task<string> PostAsync(string path, string body)
    {
        var (response, text) = await SendAsync(HttpMethod.Post, path, body);
        Assert.True(response.IsSuccessStatusCode, text);
        return text;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _front.DisposeAsync();
        _channel.Dispose();
        await _backend.DisposeAsync();
    }

    private static WebApplication Build(HttpProtocols protocols, Action<IServiceCollection> configure)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost0(protocols));
        configure(builder.Services);
        return builder.Build();
    }

    private static string AddressOf(WebApplication app) => app.Urls.First();
}
