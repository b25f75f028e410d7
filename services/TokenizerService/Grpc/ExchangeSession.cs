using Atropos.ChatFormats.Templates;
using Atropos.Hosting.Errors;
using Atropos.Tokenizer.V1;
using Atropos.TokenizerService.Registry;
using Grpc.Core;

namespace Atropos.TokenizerService.Grpc;

/// <summary>
/// One client's stream of calls. Short ones are answered on the reading loop, and their answers are written together while
/// more requests are at hand; longer ones go to other threads, so that they hold up nobody.
/// </summary>
internal sealed class ExchangeSession : IDisposable
{
    /// <summary>Calls that may be under way, or wait to have their answers written, before the reading of requests stops.</summary>
    private const int MostCalls = 1024;

    /// <summary>What they may weigh: with text and ids of either side, some hundreds of megabytes at the most.</summary>
    private const long MostWeight = 32 * 1024 * 1024;

    /// <summary>Answers of the reading loop that wait for the next, so as to be written together.</summary>
    private const int MostHeld = 32;

    private readonly TokenizerRegistry _registry;
    private readonly ExchangeAnswers _answers;
    private readonly Admission _admission = new(MostCalls, MostWeight);
    private readonly OutputStrands _outputs = new();
    private readonly AnswerWriter _writer;
    private readonly StreamEnd _end;
    private readonly CancellationTokenSource _cancellation;
    private readonly CancellationToken _cancelled;
    private readonly WorkLane<ExchangeWork> _medium;
    private readonly WorkLane<ExchangeWork> _long;
    private readonly List<(ExchangeResponse Answer, long Weight)> _held = new(MostHeld);

    /// <summary>Creates a session.</summary>
    /// <param name="registry">The tokenizers.</param>
    /// <param name="templates">The templates that come without one.</param>
    /// <param name="responses">Where answers go.</param>
    /// <param name="lifetime">When it is to end.</param>
    /// <param name="cancellationToken">Cancelled when the client is gone.</param>
    public ExchangeSession(
        TokenizerRegistry registry,
        TemplateCache templates,
        IServerStreamWriter<ExchangeResponse> responses,
        ExchangeLifetime lifetime,
        CancellationToken cancellationToken)
    {
        _registry = registry;
        _answers = new ExchangeAnswers(registry, templates);
        _writer = new AnswerWriter(responses, _admission);
        _end = new StreamEnd(_outputs, lifetime.Grace, lifetime.TimeProvider, lifetime.Stopping);
        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _cancelled = _cancellation.Token;
        _medium = new WorkLane<ExchangeWork>(Environment.ProcessorCount, ownThreads: false, CarryOut);
        _long = new WorkLane<ExchangeWork>(Environment.ProcessorCount, ownThreads: true, CarryOut);
    }

    /// <summary>Serves until the client completes its side or the host stops.</summary>
    /// <exception cref="AtroposException">The host stops, or a request was too long to be read.</exception>
    public async Task RunAsync(IAsyncStreamReader<ExchangeRequest> requests)
    {
        var writing = WriteAsync();
        AtroposException? failure;
        try
        {
            failure = await ReadAsync(requests);
            await _admission.EmptyAsync().WaitAsync(_cancelled);
            _writer.Complete();
        }
        catch (OperationCanceledException) when (writing.IsFaulted)
        {
            failure = null;
        }
        finally
        {
            if (!_writer.IsComplete)
            {
                await _cancellation.CancelAsync();
                await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await writing;
        if (failure is not null)
        {
            throw failure;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Dispose();
        _cancellation.Cancel();
        _cancellation.Dispose();
    }

    private async Task WriteAsync()
    {
        try
        {
            await _writer.RunAsync(_cancelled);
        }
        catch
        {
            await _cancellation.CancelAsync();
            _end.End();
            throw;
        }
    }

    /// <summary>Takes requests until there are no more. Gives why, where it is not the client that ended them.</summary>
    private async Task<AtroposException?> ReadAsync(IAsyncStreamReader<ExchangeRequest> requests)
    {
        try
        {
            while (true)
            {
                var next = requests.MoveNext(CancellationToken.None);
                if (!next.IsCompleted)
                {
                    Publish();

                    // A read cannot be called off without the call itself; the one that is given up ends with the call.
                    if (await Task.WhenAny(next, _end.Ended) != next)
                    {
                        _ = next.ContinueWith(static read => read.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
                        return TokenizerErrors.Stopping();
                    }
                }
                else if (_end.Ended.IsCompleted)
                {
                    return TokenizerErrors.Stopping();
                }

                if (!await next)
                {
                    return null;
                }

                await ServeAsync(requests.Current);
            }
        }
        catch (RpcException error) when (error.StatusCode == StatusCode.ResourceExhausted)
        {
            return TokenizerErrors.RequestTooLarge();
        }
        finally
        {
            Publish();
        }
    }

    private async ValueTask ServeAsync(ExchangeRequest request)
    {
        var weight = CallWeight.Of(request);
        if (!_admission.TryEnter(weight))
        {
            // What is held keeps room from others.
            Publish();
            await _admission.EnterAsync(weight).WaitAsync(_cancelled);
        }

        var work = new ExchangeWork(request, weight, Loaded: null, Strand: null);
        if (request.CallCase is ExchangeRequest.CallOneofCase.OpenOutput
            or ExchangeRequest.CallOneofCase.FeedOutput or ExchangeRequest.CallOneofCase.CloseOutput)
        {
            if (!_outputs.TryBegin(request, weight, out var strand))
            {
                return;
            }

            work = work with { Strand = strand };
        }

        if (Refusal(ref work) is { } refusal)
        {
            Hold(work, refusal);
        }
        else if (weight <= CallWeight.MostShort && (work.Loaded is not null || work.TokenizerName is null))
        {
            Hold(work, _answers.Answer(work));
        }
        else
        {
            // Answers that go out by another thread must not overtake those of the same output stream.
            Publish();
            Dispatch(work);
        }
    }

    /// <summary>The answer to what cannot be begun; else null, and the work has its tokenizer where that is in memory.</summary>
    private ExchangeResponse? Refusal(ref ExchangeWork work)
    {
        try
        {
            if (work.Request.CallCase == ExchangeRequest.CallOneofCase.OpenOutput && _end.IsStopping)
            {
                throw TokenizerErrors.Stopping();
            }

            if (work.TokenizerName is { } name)
            {
                work = work with { Loaded = _registry.TryGet(name) };
            }

            return null;
        }
        catch (AtroposException error)
        {
            return ExchangeErrors.Answer(work.Request.CorrelationId, error);
        }
    }

    /// <summary>Keeps an answer of the reading loop, to be written with those of the requests that are at hand.</summary>
    private void Hold(in ExchangeWork work, ExchangeResponse? answer)
    {
        if (answer is null)
        {
            _admission.Leave(work.Weight);
        }
        else
        {
            _held.Add((answer, work.Weight));
        }

        EndTurn(work);
        if (_held.Count >= MostHeld)
        {
            Publish();
        }
    }

    private void Publish()
    {
        foreach (var (answer, weight) in _held)
        {
            _writer.Post(answer, weight);
        }

        _held.Clear();
    }

    private void Dispatch(in ExchangeWork work)
    {
        if (work.Loaded is null && work.TokenizerName is { } name)
        {
            _ = LoadAsync(work, name);
        }
        else
        {
            (work.Weight <= CallWeight.MostMedium ? _medium : _long).Post(work);
        }
    }

    private async Task LoadAsync(ExchangeWork work, string name)
    {
        try
        {
            Dispatch(work with { Loaded = await _registry.GetAsync(name, _cancelled) });
        }
#pragma warning disable CA1031 // Whatever keeps the tokenizer from being loaded is the answer.
        catch (Exception error) when (error is not OutOfMemoryException)
#pragma warning restore CA1031
        {
            Finish(work, ExchangeErrors.Answer(work.Request.CorrelationId, error));
        }
    }

    private void CarryOut(ExchangeWork work)
    {
        if (!_cancelled.IsCancellationRequested)
        {
            Finish(work, _answers.Answer(work));
        }
    }

    private void Finish(in ExchangeWork work, ExchangeResponse? answer)
    {
        if (answer is null)
        {
            _admission.Leave(work.Weight);
        }
        else
        {
            _writer.Post(answer, work.Weight);
        }

        EndTurn(work);
    }

    private void EndTurn(in ExchangeWork work)
    {
        if (work.Strand is not { } strand)
        {
            return;
        }

        if (_outputs.TryNext(strand, out var next))
        {
            Dispatch(new ExchangeWork(next.Request, next.Weight, Loaded: null, strand));
        }
        else
        {
            _end.OutputClosed();
        }
    }
}
