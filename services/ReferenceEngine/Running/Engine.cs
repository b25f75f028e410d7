using System.Collections.Concurrent;
using Atropos.ReferenceModel;
using Microsoft.Extensions.Options;

namespace Atropos.ReferenceEngine;

/// <summary>The models and everything that runs on them.</summary>
internal sealed class Engine
{
    private readonly ConcurrentDictionary<GenerationRequest, bool> _active = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, IEngineModel> _models = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;
    private ulong _seedState;

    public Engine(IOptions<ReferenceEngineOptions> options, TimeProvider time)
    {
        Options = options.Value;
        _time = time;
        _seedState = Options.Seed ?? (ulong)Random.Shared.NextInt64();
        WeightVersion = Options.WeightVersion;
        Created = time.GetUtcNow().ToUnixTimeSeconds();
        var model = NgramLanguageModel.Load();
        Tokenizer = new EngineTokenizer(model.VocabularySize);
        foreach (var name in Options.Models)
        {
            _models.Add(name, name switch
            {
                ReferenceEngineModels.Reference => new NgramEngineModel(model),
                ReferenceEngineModels.Echo => new EchoModel(Tokenizer),
                _ => throw new ArgumentException(
                    $"ReferenceEngineOptions.Models: '{name}' is no model of this engine; there are 'reference' and 'echo'.", nameof(options)),
            });
        }

        if (_models.Count == 0)
        {
            throw new ArgumentException("ReferenceEngineOptions.Models is empty; name 'reference', 'echo' or both.", nameof(options));
        }
    }

    public ReferenceEngineOptions Options { get; }

    public EngineTokenizer Tokenizer { get; }

    public PauseGate Gate { get; } = new();

    public EngineCounters Counters { get; } = new();

    /// <summary>The policy version that tokens are sampled under from now on.</summary>
    public string WeightVersion { get; set; }

    /// <summary>When the engine started, in seconds since 1970.</summary>
    public long Created { get; }

    public string DefaultModel => Options.Models[0];

    public int ActiveRequests => _active.Count;

    public IEngineModel Model(string? name) =>
        _models.TryGetValue(name ?? DefaultModel, out var model) ? model : throw EngineRequestException.UnknownModel(name!);

    public long UnixTime() => _time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>A seed for a request that has none.</summary>
    public ulong NextSeed()
    {
        lock (_models)
        {
            return Xoshiro256.SplitMix(ref _seedState);
        }
    }

    public void AbortWhere(Func<string, bool> matches)
    {
        foreach (var request in _active.Keys)
        {
            request.AbortWhere(matches);
        }
    }

    /// <summary>Generates until every sequence has finished.</summary>
    /// <param name="request">The request; its sequences are filled.</param>
    /// <param name="onRound">Called whenever sequences have new tokens, the last time after the request was recorded.</param>
    /// <param name="cancellationToken">Ends generation: the client has gone.</param>
    /// <exception cref="OperationCanceledException">The client has gone; the request was recorded as aborted.</exception>
    public async Task RunAsync(GenerationRequest request, Func<ValueTask>? onRound, CancellationToken cancellationToken)
    {
        var started = false;
        _active.TryAdd(request, true);
        Counters.Arrived(request.Sequences.Sum(sequence => sequence.Prompt.Length));
        try
        {
            await Gate.WaitAsync(false, cancellationToken);
            Counters.Started();
            started = true;
            await GenerateAsync(request, onRound, cancellationToken);
        }
        finally
        {
            var aborted = request.Sequences.Any(sequence => sequence.FinishReason is null or "abort");
            foreach (var sequence in request.Sequences)
            {
                if (sequence.FinishReason is null)
                {
                    sequence.Abort();
                }
            }

            _active.TryRemove(request, out _);
            Counters.Ended(started, aborted, request.CompletionTokens);
            Record(request);
        }

        if (onRound is not null)
        {
            await onRound();
        }
    }

    private async Task GenerateAsync(GenerationRequest request, Func<ValueTask>? onRound, CancellationToken cancellationToken)
    {
        var pace = new Pace(_time, Options.TokensPerSecond);
        var stepsInRound = request.Streams || Options.TokensPerSecond > 0 ? 1 : 32;
        for (var round = 1; ; round++)
        {
            await Gate.WaitAsync(true, cancellationToken);
            await pace.NextAsync(cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            var unfinished = false;
            foreach (var sequence in request.Sequences)
            {
                for (var step = 0; step < stepsInRound && sequence.FinishReason is null; step++)
                {
                    sequence.Step(WeightVersion);
                }

                unfinished |= sequence.FinishReason is null;
            }

            if (!unfinished)
            {
                return;
            }

            if (onRound is not null)
            {
                await onRound();
            }

            if (round % 64 == 0)
            {
                // Long completions must not keep a thread to themselves.
                await Task.Yield();
            }
        }
    }

    private void Record(GenerationRequest request) => Options.Recorder?.Invoke(new RecordedRequest(
        request.Http.Path,
        request.Http.Headers,
        request.Http.Body,
        request.Model,
        [.. request.Sequences.Select(sequence => new RecordedChoice(
            sequence.Index, sequence.Prompt, sequence.Ids.ToArray(), [.. sequence.Logprobs], sequence.FinishReason!))]));
}
