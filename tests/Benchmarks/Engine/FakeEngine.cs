using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Atropos.Benchmarks.Engine;

/// <summary>
/// An engine that costs next to nothing: it answers vLLM's routes with prepared bytes, one token an event, so that what
/// is measured is what stands before it.
/// </summary>
internal sealed class FakeEngine : IAsyncDisposable
{
    /// <summary>Tokens of each answer.</summary>
    public const int Tokens = 64;

    private const int FirstId = 300;

    private readonly WebApplication _app;

    private FakeEngine(WebApplication app)
    {
        _app = app;
    }

    public Uri Url => new(_app.Urls.First());

    public static async Task<FakeEngine> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var completion = new PreparedAnswer(Enumerable.Range(0, Tokens).Select(CompletionChunk));
        var chat = new PreparedAnswer(Enumerable.Range(0, Tokens).Select(ChatChunk));
        app.MapGet("/health", () => Results.Ok());
        app.MapGet("/v1/models", () => Results.Text("""{"object":"list","data":[{"id":"m","object":"model","max_model_len":32768}]}""", "application/json"));
        app.MapPost("/v1/completions", context => AnswerAsync(context, completion));
        app.MapPost("/v1/chat/completions", context => AnswerAsync(context, chat));
        await app.StartAsync();
        return new FakeEngine(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task AnswerAsync(HttpContext context, PreparedAnswer answer)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        var prompt = body.RootElement.TryGetProperty("prompt", out var ids) && ids.ValueKind == JsonValueKind.Array ? ids.GetArrayLength() : 0;
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        foreach (var chunk in answer.Chunks)
        {
            await context.Response.BodyWriter.WriteAsync(chunk, context.RequestAborted);
        }

        await context.Response.BodyWriter.WriteAsync(PreparedAnswer.End(prompt, Tokens), context.RequestAborted);
    }

    private static string CompletionChunk(int i)
    {
        var id = FirstId + i;
        var finish = i == Tokens - 1 ? "\"length\"" : "null";
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"id":"cmpl-0","object":"text_completion","created":1790000000,"model":"m","choices":[{"index":0,"text":" word","logprobs":{"text_offset":[{{i * 5}}],"token_logprobs":[-0.51],"tokens":["token_id:{{id}}"],"top_logprobs":[{"token_id:{{id}}":-0.51}]},"finish_reason":{{finish}},"stop_reason":null,"token_ids":[{{id}}]}]}""");
    }

    private static string ChatChunk(int i)
    {
        var finish = i == Tokens - 1 ? "\"length\"" : "null";
        return $$"""{"id":"chatcmpl-0","object":"chat.completion.chunk","created":1790000000,"model":"m","choices":[{"index":0,"delta":{"content":" word"},"logprobs":null,"finish_reason":{{finish}}}]}""";
    }

    /// <summary>Events as bytes.</summary>
    private sealed class PreparedAnswer(IEnumerable<string> chunks)
    {
        public byte[][] Chunks { get; } = [.. chunks.Select(chunk => Encoding.UTF8.GetBytes($"data: {chunk}\n\n"))];

        public static byte[] End(int prompt, int completion) => Encoding.UTF8.GetBytes(
            $$$"""data: {"id":"cmpl-0","object":"text_completion","created":1790000000,"model":"m","choices":[],"usage":{"prompt_tokens":{{{prompt}}},"completion_tokens":{{{completion}}},"total_tokens":{{{prompt + completion}}}}}""" + "\n\ndata: [DONE]\n\n");
    }
}
