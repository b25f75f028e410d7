using System.Runtime.CompilerServices;
using Atropos.Hosting.Errors;
using Atropos.Router.V1;
using Grpc.Core;

namespace Atropos.SessionTracker.Tests.Support;

/// <summary>A router whose answers the test writes. Records every request that would have reached an engine.</summary>
internal sealed class ScriptedRouter : InferenceRouterService.InferenceRouterServiceBase
{
    private readonly List<GenerateRequest> _requests = [];

    /// <summary>Makes the events of a request; default: what <see cref="Answers"/> holds next.</summary>
    public Func<GenerateRequest, CancellationToken, IAsyncEnumerable<GenerateResponse>>? Script { get; set; }

    /// <summary>Answers that were not given yet, one entry a request.</summary>
    public Queue<ScriptedChoice[]> Answers { get; } = new();

    /// <summary>Completes when a generation has been cancelled.</summary>
    public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<ServedModel> Models { get; } = [new ServedModel { Name = "base", Tokenizer = "bytes", MaxModelLen = 4096, Created = 7 }];

    public EngineHealth Health { get; set; } = EngineHealth.Healthy;

    /// <summary>Everything that was asked for, in order.</summary>
    public IReadOnlyList<GenerateRequest> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    public override async Task Generate(
        GenerateRequest request, IServerStreamWriter<GenerateResponse> responseStream, ServerCallContext context)
    {
        await foreach (var response in EventsAsync(request, context.CancellationToken))
        {
            await responseStream.WriteAsync(response, context.CancellationToken);
        }
    }

    public override async Task Exchange(
        IAsyncStreamReader<ExchangeRequest> requestStream, IServerStreamWriter<ExchangeResponse> responseStream, ServerCallContext context)
    {
        var writing = new SemaphoreSlim(1);
        var running = new Dictionary<ulong, CancellationTokenSource>();
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            if (request.CallCase == ExchangeRequest.CallOneofCase.Cancel)
            {
                await running[request.CorrelationId].CancelAsync();
                continue;
            }

            var source = running[request.CorrelationId] = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
            _ = RunAsync(request, source.Token);
        }

        async Task RunAsync(ExchangeRequest request, CancellationToken cancellationToken)
        {
            try
            {
                await foreach (var response in EventsAsync(request.Generate, cancellationToken))
                {
                    await WriteAsync(new ExchangeResponse { CorrelationId = request.CorrelationId, Response = response });
                }

                await WriteAsync(new ExchangeResponse { CorrelationId = request.CorrelationId, Done = new GenerationDone() });
            }
            catch (OperationCanceledException)
            {
                Cancelled.TrySetResult();
            }
            catch (AtroposException e)
            {
                var error = new GenerationError { Code = (int)e.StatusCode, Message = e.Message, Reason = e.Reason, Field = e.Field ?? "" };
                await WriteAsync(new ExchangeResponse { CorrelationId = request.CorrelationId, Error = error });
            }
        }

        async Task WriteAsync(ExchangeResponse response)
        {
            await writing.WaitAsync();
            try
            {
                await responseStream.WriteAsync(response);
            }
            finally
            {
                writing.Release();
            }
        }
    }

    public override Task<AssignEngineResponse> AssignEngine(AssignEngineRequest request, ServerCallContext context) =>
        request.BaseUrl is "" or "http://engine-0"
            ? Task.FromResult(new AssignEngineResponse { Engine = Engine(), Model = "base", Tokenizer = "bytes" })
            : throw new AtroposException(
                StatusCode.NotFound, "ENGINE_NOT_FOUND", $"No engine at `{request.BaseUrl}`; there is `http://engine-0`.", "base_url").ToRpcException();

    public override Task<ListEnginesResponse> ListEngines(ListEnginesRequest request, ServerCallContext context) =>
        Task.FromResult(new ListEnginesResponse { Engines = { Engine() } });

    public override Task<ListServedModelsResponse> ListServedModels(ListServedModelsRequest request, ServerCallContext context) =>
        Task.FromResult(new ListServedModelsResponse { Models = { Models } });

    /// <summary>The events of completions, their tokens interleaved.</summary>
    public static async IAsyncEnumerable<GenerateResponse> EventsOf(
        GenerateRequest request, ScriptedChoice[] choices, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        yield return new GenerateResponse { Started = Started() };
        var position = new int[choices.Length];
        while (Enumerable.Range(0, choices.Length).Any(i => position[i] < choices[i].Ids.Length))
        {
            for (var i = 0; i < choices.Length; i++)
            {
                await Task.Yield();
                cancellationToken.ThrowIfCancellationRequested();
                var take = Math.Min(choices[i].EventSize, choices[i].Ids.Length - position[i]);
                if (take > 0)
                {
                    yield return new GenerateResponse { Sampled = Sampled(request, choices[i], i, position[i], take) };
                    position[i] += take;
                }
            }
        }

        if (choices.Any(choice => choice.RunsOn))
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        for (var i = 0; i < choices.Length; i++)
        {
            var finished = new CompletionFinished { ChoiceIndex = i, FinishReason = choices[i].Finish };
            if (choices[i].Stop is { } stop)
            {
                finished.Stop = stop;
            }

            yield return new GenerateResponse { Finished = finished };
        }

        yield return new GenerateResponse
        {
            Usage = new GenerationUsage { PromptTokens = request.Tokens.TokenIds.Count, CachedTokens = 2, CompletionTokens = choices.Sum(c => c.Ids.Length) },
        };
    }

    public static GenerationStarted Started() => new()
    {
        EngineId = "engine-0",
        EngineRequestId = "r1",
        Attempt = 1,
        LogprobKind = LogprobKind.Raw,
        WeightVersion = "v1",
        Tracked = true,
        Model = "base",
    };

    private static SampledTokens Sampled(GenerateRequest request, ScriptedChoice choice, int index, int start, int count)
    {
        var sampled = new SampledTokens { ChoiceIndex = index };
        for (var i = start; i < start + count; i++)
        {
            sampled.TokenIds.Add(choice.Ids[i]);
            sampled.Logprobs.Add(choice.Logprob(i));
            if (request.TopLogprobs > 0)
            {
                // Likeliest last, to see that the order is put right.
                sampled.TopLogprobs.Add(new TopLogprobs { TokenIds = { 'z', choice.Ids[i] }, Logprobs = { -9f, choice.Logprob(i) } });
            }
        }

        return sampled;
    }

    private async IAsyncEnumerable<GenerateResponse> EventsAsync(
        GenerateRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ScriptedChoice[]? answer = null;
        lock (_requests)
        {
            _requests.Add(request.Clone());
            if (Script is null)
            {
                answer = Answers.Count > 0 ? Answers.Dequeue() : [.. Enumerable.Repeat(ScriptedChoice.Text("Hello"), request.N)];
            }
        }

        await foreach (var response in answer is null ? Script!(request, cancellationToken) : EventsOf(request, answer, cancellationToken))
        {
            yield return response;
        }
    }

    private EngineInfo Engine() => new()
    {
        Id = "engine-0",
        BaseUrl = "http://engine-0",
        Dialect = "vllm",
        Models = { "base" },
        Health = Health,
        WeightVersion = "v1",
    };
}
