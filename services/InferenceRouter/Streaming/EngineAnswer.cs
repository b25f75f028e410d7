using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using Atropos.InferenceRouter.Engines;
using Atropos.InferenceRouter.Errors;

namespace Atropos.InferenceRouter.Streaming;

/// <summary>An engine's answer as pieces: the events of a stream, or one JSON body. Every failure leaves as
/// <see cref="GenerationException"/>, beside the caller's own cancellation.</summary>
internal sealed class EngineAnswer : IDisposable
{
    private const int LongestErrorBody = 64 * 1024;
    private readonly HttpResponseMessage _response;
    private readonly EngineModel _engine;
    private readonly AttemptClock _clock;
    private readonly CancellationToken _caller;
    private readonly PipeReader _pipe;
    private readonly SseReader? _events;
    private ReadOnlyMemory<byte> _piece;
    private bool _done;

    private EngineAnswer(HttpResponseMessage response, Stream stream, EngineModel engine, AttemptClock clock, CancellationToken caller)
    {
        _response = response;
        _engine = engine;
        _clock = clock;
        _caller = caller;
        _pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 16 * 1024));
        // A proxy may relabel a stream; only a body that says it is JSON is taken as one piece.
        _events = response.Content.Headers.ContentType?.MediaType == "application/json" ? null : new SseReader(_pipe);
    }

    /// <summary>The piece read last; holds until the next read.</summary>
    public ReadOnlyMemory<byte> Piece => _piece;

    /// <summary>Sends the request and waits for the answer to begin.</summary>
    public static async Task<EngineAnswer> OpenAsync(
        HttpClient http, HttpRequestMessage message, EngineModel engine, AttemptClock clock, CancellationToken caller)
    {
        HttpResponseMessage? response = null;
        try
        {
            clock.Listen();
            response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, clock.Token);
            clock.Listen();
            var stream = await response.Content.ReadAsStreamAsync(clock.Token);
            if (!response.IsSuccessStatusCode)
            {
                throw await RefusalAsync(response, stream, engine, clock.Token);
            }

            clock.Heard();
            var answer = new EngineAnswer(response, stream, engine, clock, caller);
            response = null;
            return answer;
        }
        catch (Exception failure) when (Translate(failure, engine, clock, caller) is { } known)
        {
            throw known;
        }
        finally
        {
            response?.Dispose();
            message.Dispose();
        }
    }

    /// <summary>Goes to the next piece. False when the engine has said that it is done, or sends no more.</summary>
    public async ValueTask<bool> ReadAsync()
    {
        if (_done)
        {
            return false;
        }

        try
        {
            _clock.Listen();
            if (_events is null)
            {
                _done = true;
                _piece = await ReadWholeAsync(_pipe, SseReader.LongestEvent, _clock.Token);
                _clock.Heard();
                return true;
            }

            var more = await _events.ReadAsync(_clock.Token);
            _clock.Heard();
            _piece = _events.Data;
            if (more && !_piece.Span.SequenceEqual("[DONE]"u8))
            {
                return true;
            }

            _done = true;
            return false;
        }
        catch (Exception failure) when (Translate(failure, _engine, _clock, _caller) is { } known)
        {
            throw known;
        }
    }

    public void Dispose()
    {
        _pipe.Complete();
        _response.Dispose();
    }

    private static GenerationException? Translate(
        Exception failure, EngineModel engine, AttemptClock clock, CancellationToken caller) => failure switch
        {
            OperationCanceledException when caller.IsCancellationRequested => null,
            OperationCanceledException canceled when clock.Token.IsCancellationRequested => clock.Explain(canceled),
            // The handler's own time limit for connecting.
            OperationCanceledException => GenerationException.Died(
                Reasons.EngineUnreachable, $"engine {engine.Id} at {engine.BaseUrl} did not accept a connection in time", failure),
            HttpRequestException
            {
                HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError,
            } =>
                GenerationException.Died(Reasons.EngineUnreachable, $"engine {engine.Id} at {engine.BaseUrl} cannot be reached: "
                    + $"{failure.Message}", failure),
            HttpRequestException or IOException or SocketException =>
                GenerationException.Died(Reasons.StreamCut, $"engine {engine.Id} broke off: {failure.Message}", failure),
            InvalidDataException => GenerationException.Inexact(Reasons.AnswerUnreadable, $"engine {engine.Id}: {failure.Message}"),
            _ => null,
        };

    private static async Task<GenerationException> RefusalAsync(
        HttpResponseMessage response, Stream stream, EngineModel engine, CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(stream);
        var body = await ReadWholeAsync(pipe, LongestErrorBody, cancellationToken);
        await pipe.CompleteAsync();
        var retry = response.Headers.RetryAfter;
        var wait = retry?.Delta ?? (retry?.Date is { } date && response.Headers.Date is { } now ? date - now : null);
        var words = EngineErrorBody.Parse(body.Span).Message;
        return EngineErrors.FromStatus(engine.Id, (int)response.StatusCode, words, wait > TimeSpan.Zero ? wait : null);
    }

    private static async ValueTask<ReadOnlyMemory<byte>> ReadWholeAsync(PipeReader pipe, int longest, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await pipe.ReadAsync(cancellationToken);
            if (result.IsCompleted || result.Buffer.Length > longest)
            {
                var whole = result.Buffer.Slice(0, Math.Min(longest, result.Buffer.Length)).ToArray();
                pipe.AdvanceTo(result.Buffer.End);
                return whole;
            }

            pipe.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }
}
