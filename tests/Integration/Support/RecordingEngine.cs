using System.Collections.Concurrent;
using Atropos.ReferenceEngine;
using Atropos.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Atropos.Integration.Tests.Support;

/// <summary>The reference engine on a real port, with a record of every request that reached it and what it sampled.</summary>
internal sealed class RecordingEngine : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<RecordedRequest> _requests = new();

    private RecordingEngine(WebApplication app)
    {
        _app = app;
    }

    public string Url => _app.Urls.First();

    public IReadOnlyList<RecordedRequest> Requests => [.. _requests];

    /// <summary>Every sequence that was sampled, in the order in which the requests ended.</summary>
    public IReadOnlyList<RecordedChoice> Choices => [.. _requests.SelectMany(request => request.Choices)];

    public static async Task<RecordingEngine> StartAsync(string weightVersion = "step-1")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        RecordingEngine? engine = null;
        builder.Services.AddReferenceEngine(options =>
        {
            options.WeightVersion = weightVersion;
            options.Recorder = request => engine!._requests.Enqueue(request);
        });
        var app = builder.Build();
        app.MapReferenceEngine();
        engine = new RecordingEngine(app);
        await app.StartAsync();
        return engine;
    }

    /// <summary>A servers.json that serves one model from this engine.</summary>
    public string WriteServersFile(TemporaryFolder folder, string model, string dialect)
    {
        var file = folder.File($"servers-{dialect}-{model}.json");
        File.WriteAllText(
            file,
            $$"""{"model_name": "{{model}}", "tokenizer_name": "reference", "servers": [{"base_url": "{{Url}}", "server_type": "{{dialect}}"}]}""");
        return file;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
