using Atropos.Hosting.Errors;
using Atropos.Hosting.InProcess;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Atropos.Edge.Tests;

/// <summary>The edge on a real port, in front of scripted tracker services in the same process.</summary>
internal sealed class EdgeFixture : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EdgeFixture(WebApplication app, ScriptedTracker tracker)
    {
        _app = app;
        Tracker = tracker;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public ScriptedTracker Tracker { get; }

    public HttpClient Http { get; }

    public static async Task<EdgeFixture> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.UseRequestIds();
        var tracker = new ScriptedTracker();
        var services = new InProcessServices(new ErrorInterceptor(NullLogger<ErrorInterceptor>.Instance, TimeProvider.System))
            .Add(tracker.Completions).Add(tracker.Sessions).Add(tracker.Rendering);
        app.MapEdge(new InProcessCallInvoker(services), TimeProvider.System);
        await app.StartAsync();
        return new EdgeFixture(app, tracker);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}
