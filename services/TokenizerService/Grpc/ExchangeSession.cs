using System.Threading.Channels;
using Atropos.Hosting.Errors;
using Atropos.Tokenizer.V1;
using Atropos.TokenizerService.Output;
using Grpc.Core;

namespace Atropos.TokenizerService.Grpc;

/// <summary>
/// One client's stream of calls. Feeds of output streams are answered on the reading loop, in order and at once, since
/// they are short and many; whole calls go to the thread pool so that a long one does not hold up the tokens of others.
/// </summary>
internal sealed class ExchangeSession
{
    /// <summary>Answers that may wait for a slow reader before the reading of requests stops.</summary>
    private const int MostWaitingAnswers = 1024;

    /// <summary>Whole calls that may wait for a free thread before the reading of requests stops.</summary>
    private const int MostWaitingCalls = 64;

    private readonly TokenizerCalls _calls;
    private readonly IServerStreamWriter<ExchangeResponse> _writer;
    private readonly Dictionary<ulong, OutputStream> _outputs = [];
    private readonly Channel<ExchangeRequest> _waiting = Channel.CreateBounded<ExchangeRequest>(
        new BoundedChannelOptions(MostWaitingCalls) { SingleWriter = true });

    private readonly Channel<ExchangeResponse> _answers = Channel.CreateBounded<ExchangeResponse>(
        new BoundedChannelOptions(MostWaitingAnswers) { SingleReader = true });

    public ExchangeSession(TokenizerCalls calls, IServerStreamWriter<ExchangeResponse> writer)
    {
        _calls = calls;
        _writer = writer;
    }

    /// <summary>Serves until the client completes its side.</summary>
    public async Task RunAsync(IAsyncStreamReader<ExchangeRequest> requests, CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var calling = Parallel.ForEachAsync(_waiting.Reader.ReadAllAsync(stopping.Token), stopping.Token, AnswerCallAsync);
        var writing = WriteAnswersAsync(stopping.Token);
        try
        {
            while (await requests.MoveNext(stopping.Token))
            {
                await ServeAsync(requests.Current, stopping.Token);
            }

            _waiting.Writer.TryComplete();
            await calling;
            _answers.Writer.TryComplete();
            await writing;
        }
        finally
        {
            await stopping.CancelAsync();
            await Task.WhenAll(calling, writing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async ValueTask ServeAsync(ExchangeRequest request, CancellationToken cancellationToken)
    {
        switch (request.CallCase)
        {
            case ExchangeRequest.CallOneofCase.OpenOutput:
            case ExchangeRequest.CallOneofCase.FeedOutput:
                await _answers.Writer.WriteAsync(AnswerOutput(request), cancellationToken);
                break;
            case ExchangeRequest.CallOneofCase.CloseOutput:
                _outputs.Remove(request.CorrelationId);
                break;
            default:
                await _waiting.Writer.WriteAsync(request, cancellationToken);
                break;
        }
    }

    private ValueTask AnswerCallAsync(ExchangeRequest request, CancellationToken cancellationToken) =>
        _answers.Writer.WriteAsync(Answer(request, Call), cancellationToken);

    private ExchangeResponse AnswerOutput(ExchangeRequest request)
    {
        var answer = Answer(request, Feed);
        if (answer.ResultCase == ExchangeResponse.ResultOneofCase.Error
            || request is { CallCase: ExchangeRequest.CallOneofCase.FeedOutput, FeedOutput.Last: true })
        {
            _outputs.Remove(request.CorrelationId);
        }

        return answer;
    }

    private void Feed(ExchangeRequest request, ExchangeResponse answer)
    {
        if (request.CallCase == ExchangeRequest.CallOneofCase.OpenOutput)
        {
            _outputs[request.CorrelationId] = _calls.OpenOutput(request.OpenOutput);
            answer.Output = new OutputProgress();
            return;
        }

        answer.Output = _outputs.TryGetValue(request.CorrelationId, out var output)
            ? output.Feed(request.FeedOutput)
            : throw TokenizerErrors.Invalid("correlation_id", $"{request.CorrelationId} has no open output stream: send open_output first.");
    }

    private void Call(ExchangeRequest request, ExchangeResponse answer)
    {
        switch (request.CallCase)
        {
            case ExchangeRequest.CallOneofCase.Encode:
                answer.Encode = _calls.Encode(request.Encode);
                break;
            case ExchangeRequest.CallOneofCase.Decode:
                answer.Decode = _calls.Decode(request.Decode);
                break;
            case ExchangeRequest.CallOneofCase.RenderChat:
                answer.RenderChat = _calls.RenderChat(request.RenderChat);
                break;
            case ExchangeRequest.CallOneofCase.ParseOutput:
                answer.ParseOutput = _calls.ParseOutput(request.ParseOutput);
                break;
            case ExchangeRequest.CallOneofCase.GetTokenizer:
                answer.GetTokenizer = _calls.GetTokenizer(request.GetTokenizer);
                break;
            default:
                throw TokenizerErrors.Invalid("call", "is missing, or of a kind that this version does not know.");
        }
    }

    private static ExchangeResponse Answer(ExchangeRequest request, Action<ExchangeRequest, ExchangeResponse> carryOut)
    {
        var answer = new ExchangeResponse { CorrelationId = request.CorrelationId };
        try
        {
            carryOut(request, answer);
        }
        catch (AtroposException error)
        {
            answer.Error = new CallError
            {
                Code = (int)error.StatusCode,
                Message = error.Message,
                Field = error.Field ?? "",
                Reason = error.Reason,
            };
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // A fault of ours in one call must not end the stream that a thousand other calls share.
            answer.Error = new CallError { Code = (int)StatusCode.Internal, Message = "The tokenizer failed: " + error.Message };
        }

        return answer;
    }

    private async Task WriteAnswersAsync(CancellationToken cancellationToken)
    {
        await foreach (var answer in _answers.Reader.ReadAllAsync(cancellationToken))
        {
            await _writer.WriteAsync(answer, cancellationToken);
        }
    }
}
