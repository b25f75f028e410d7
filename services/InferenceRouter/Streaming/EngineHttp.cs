using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Atropos.InferenceRouter.Dialects;
using Atropos.InferenceRouter.Engines;
using Atropos.InferenceRouter.Errors;

namespace Atropos.InferenceRouter.Streaming;

/// <summary>Sends requests to engines and reads their answers piece by piece.</summary>
internal sealed class EngineHttp
{
    private readonly HttpClient _http;
    private readonly TimeProvider _time;

    public EngineHttp(HttpClient http, TimeProvider time)
    {
        _http = http;
        _time = time;
    }

    /// <summary>For small questions to engines.</summary>
    public HttpClient Client => _http;

    /// <summary>A client for engines: many connections, no proxy, no compression, nothing kept waiting.</summary>
    public static HttpClient CreateClient(TimeSpan connectTimeout)
    {
        var handler = new SocketsHttpHandler
        {
            MaxConnectionsPerServer = int.MaxValue,
            ConnectTimeout = connectTimeout,
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            PooledConnectionLifetime = TimeSpan.FromMinutes(15),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            ActivityHeadersPropagator = null,
            // An answer that is given up is closed at once: that is what aborts generation on the engine.
            ResponseDrainTimeout = TimeSpan.FromMilliseconds(100),
            MaxResponseDrainSize = 64 * 1024,
        };
        return new HttpClient(handler)
        {
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestVersion = HttpVersion.Version11,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
    }

    /// <summary>A request that carries the engine's key, and nothing of the client's.</summary>
    public static HttpRequestMessage Message(HttpMethod method, EngineModel engine, string path)
    {
        var message = new HttpRequestMessage(method, new Uri(engine.BaseUrl, path))
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        message.Headers.ExpectContinue = false;
        message.Headers.AcceptEncoding.ParseAdd("identity");
        if (engine.ApiKey.Length > 0)
        {
            message.Headers.TryAddWithoutValidation("Authorization", "Bearer " + engine.ApiKey);
        }

        return message;
    }

    /// <summary>Posts a generation and gives its events as they come. Ending the enumeration early closes the connection.</summary>
    /// <param name="call">The attempt.</param>
    /// <param name="path">The route, relative to the engine's root.</param>
    /// <param name="body">The request's JSON.</param>
    /// <param name="streams">Whether the answer was asked for as a stream; an engine is watched for silence only then.</param>
    /// <param name="reader">Makes events of the answer's pieces.</param>
    /// <param name="cancellationToken">The caller's wish to stop.</param>
    public async IAsyncEnumerable<EngineEvent> StreamAsync(
        EngineCall call,
        string path,
        ReadOnlyMemory<byte> body,
        bool streams,
        AnswerReader reader,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var clock = new AttemptClock(call.Engine, streams, _time, cancellationToken);
        var message = Message(HttpMethod.Post, call.Engine, path);
        message.Headers.TryAddWithoutValidation("X-Request-Id", call.EngineRequestId);
        message.Content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = new("application/json") } };
        using var answer = await EngineAnswer.OpenAsync(_http, message, call.Engine, clock, cancellationToken);
        var events = new List<EngineEvent>();
        while (await answer.ReadAsync())
        {
            events.Clear();
            Read(reader, answer.Piece.Span, events, call.Engine);
            foreach (var happened in events)
            {
                yield return happened;
            }
        }

        events.Clear();
        reader.End(events);
        foreach (var happened in events)
        {
            yield return happened;
        }
    }

    private static void Read(AnswerReader reader, ReadOnlySpan<byte> piece, List<EngineEvent> events, EngineModel engine)
    {
        try
        {
            try
            {
                reader.Read(piece, events);
            }
            catch (JsonException) when (BareNumbers.TryMakeNull(piece, out var mended))
            {
                events.Clear();
                reader.Read(mended, events);
            }
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or FormatException)
        {
            throw new GenerationException(
                Grpc.Core.StatusCode.DataLoss, Reasons.AnswerUnreadable, $"engine {engine.Id} sent what cannot be read: "
                    + $"{failure.Message}", failure)
            {
                BlamesEngine = true,
                Retryable = true,
            };
        }
    }
}
