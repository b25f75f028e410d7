using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Atropos.InferenceRouter.Tests;

/// <summary>An engine on a real socket that answers generations as the test scripts it.</summary>
internal sealed class FakeEngine : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Func<HttpContext, Task>> _script = new();

    private FakeEngine(WebApplication app)
    {
        _app = app;
    }

    public string Url { get; private set; } = "";

    public ConcurrentQueue<JsonElement> Bodies { get; } = new();

    public ConcurrentQueue<IHeaderDictionary> Headers { get; } = new();

    public ConcurrentQueue<string> Paths { get; } = new();

    /// <summary>Whether /health answers 200.</summary>
    public bool Healthy { get; set; } = true;

    /// <summary>Bodies of GET routes by path.</summary>
    public ConcurrentDictionary<string, string> Facts { get; } = new();

    /// <summary>Completes when a client has gone away in mid-answer.</summary>
    public TaskCompletionSource Aborted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static async Task<FakeEngine> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var engine = new FakeEngine(app);
        app.Run(engine.AnswerAsync);
        await app.StartAsync();
        engine.Url = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return engine;
    }

    /// <summary>Answers the next generation so.</summary>
    public FakeEngine Then(Func<HttpContext, Task> answer)
    {
        _script.Enqueue(answer);
        return this;
    }

    /// <summary>Answers the next generation with these events.</summary>
    public FakeEngine ThenStream(params string[] data) =>
        Then(context => WriteAsync(context, "text/event-stream; charset=utf-8", string.Concat(data.Select(item => $"data: {item}\n\n"))));

    /// <summary>Answers the next generation with these bytes, and then closes the connection before the answer's end.</summary>
    public FakeEngine ThenDie(string raw) => Then(context =>
    {
        context.Response.ContentLength = Encoding.UTF8.GetByteCount(raw) + 1;
        return WriteAsync(context, "text/event-stream; charset=utf-8", raw);
    });

    public FakeEngine ThenJson(string body, int status = 200) => Then(context =>
    {
        context.Response.StatusCode = status;
        return WriteAsync(context, "application/json", body);
    });

    /// <summary>Begins to answer and then waits until the client goes away.</summary>
    public FakeEngine ThenHang(string raw) => Then(async context =>
    {
        await WriteAsync(context, "text/event-stream; charset=utf-8", raw);
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = context.RequestAborted.Register(() => gone.TrySetResult());
        await gone.Task;
        Aborted.TrySetResult();
    });

    public static async Task WriteAsync(HttpContext context, string contentType, string text)
    {
        context.Response.ContentType = contentType;
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text));
        await context.Response.Body.FlushAsync();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (HttpMethods.IsGet(context.Request.Method))
        {
            if (path == "/health")
            {
                context.Response.StatusCode = Healthy ? 200 : 503;
            }
            else if (Facts.TryGetValue(path, out var fact))
            {
                await WriteAsync(context, "application/json", fact);
            }
            else
            {
                context.Response.StatusCode = 404;
            }

            return;
        }

        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        Bodies.Enqueue(body.RootElement.Clone());
        Headers.Enqueue(new HeaderDictionary(context.Request.Headers.ToDictionary(StringComparer.OrdinalIgnoreCase)));
        Paths.Enqueue(path);
        if (_script.TryDequeue(out var answer))
        {
            await answer(context);
        }
        else
        {
            context.Response.StatusCode = 418;
        }
    }
}
