using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Atropos.ReferenceEngine.Tests;

/// <summary>The engine on a real Kestrel, with a client and what it recorded.</summary>
internal sealed class EngineServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private EngineServer(WebApplication application, ConcurrentQueue<RecordedRequest> recorded)
    {
        _application = application;
        Recorded = recorded;
        Client = new HttpClient { BaseAddress = new Uri(application.Urls.First()) };
    }

    public HttpClient Client { get; }

    public ConcurrentQueue<RecordedRequest> Recorded { get; }

    public static async Task<EngineServer> StartAsync(Action<ReferenceEngineOptions>? configure = null)
    {
        var recorded = new ConcurrentQueue<RecordedRequest>();
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddReferenceEngine(options =>
        {
            options.Recorder = recorded.Enqueue;
            configure?.Invoke(options);
        });
        var application = builder.Build();
        application.MapReferenceEngine();
        await application.StartAsync();
        return new EngineServer(application, recorded);
    }

    /// <summary>Posts JSON and reads JSON, whatever the status.</summary>
    public async Task<(int Status, JsonNode Body)> PostAsync(string path, object body)
    {
        using var response = await Client.PostAsJsonAsync(path, body);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    /// <summary>Posts JSON and reads a JSON answer that must be 200.</summary>
    public async Task<JsonNode> OkAsync(string path, object body)
    {
        var (status, answer) = await PostAsync(path, body);
        Assert.True(status == 200, answer.ToJsonString());
        return answer;
    }

    public async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await Client.GetStringAsync(path))!;

    /// <summary>Posts JSON and reads all events; the last must be <c>[DONE]</c>.</summary>
    public async Task<List<JsonNode>> StreamAsync(string path, object body)
    {
        using var response = await Client.PostAsJsonAsync(path, body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        var events = text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("data: [DONE]", events[^1]);
        return [.. events[..^1].Select(line => JsonNode.Parse(line["data: ".Length..])!)];
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _application.DisposeAsync();
    }

    public static int[] Ints(JsonNode? node) => node.Deserialize<int[]>()!;

    public static float[] Floats(JsonNode? node) => node.Deserialize<float[]>()!;
}
