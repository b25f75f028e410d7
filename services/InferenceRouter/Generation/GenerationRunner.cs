using Atropos.InferenceRouter.Balancing;
using Atropos.InferenceRouter.Configuration;
using Atropos.InferenceRouter.Dialects;
using Atropos.InferenceRouter.Engines;
using Atropos.InferenceRouter.Errors;
using Atropos.InferenceRouter.Health;
using Atropos.Router.V1;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Atropos.InferenceRouter.Generation;

/// <summary>Runs a generation: finds an engine, tries another where one fails before its first token, and has another go on where one dies
/// in mid-answer.</summary>
internal sealed class GenerationRunner
{
    private const int MostAttempts = 16;
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromSeconds(10);
    private readonly EngineTable _table;
    private readonly EngineBalancer _balancer;
    private readonly EngineHealthMonitor _health;
    private readonly InferenceRouterOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<GenerationRunner> _logger;

    public GenerationRunner(
        EngineTable table,
        EngineBalancer balancer,
        EngineHealthMonitor health,
        InferenceRouterOptions options,
        TimeProvider time,
        ILogger<GenerationRunner> logger)
    {
        _table = table;
        _balancer = balancer;
        _health = health;
        _options = options;
        _time = time;
        _logger = logger;
    }

    /// <summary>Runs it; events are passed on as they come, one at a time.</summary>
    /// <exception cref="GenerationException">It failed.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task RunAsync(GenerateRequest request, Func<GenerateResponse, ValueTask> emit, CancellationToken cancellationToken)
    {
        GenerateRequestValidator.Check(request);
        var model = _table.Model(request.Model);
        var progress = new Progress(request);
        var tried = new HashSet<string>(StringComparer.Ordinal);
        var wish = new EngineWish(model.Name, request.PreferredEngine, request.Pinned, request.AffinityKey, tried);
        var fruitless = 0;
        for (var number = 1; ; number++)
        {
            GenerationException failure;
            var before = progress.Count;
            var maxTokens = 0;
            using (var lease = await _balancer.AcquireAsync(wish, cancellationToken))
            {
                var engine = lease.Engine;
                try
                {
                    maxTokens = await MaxTokensAsync(request, model, engine, cancellationToken);
                    var call = Call(request, model.Name, engine, progress.Sampled, maxTokens);
                    await new Attempt(engine, call, number, progress, emit, _logger).RunAsync(cancellationToken);
                    engine.State.CountSuccess();
                    return;
                }
                catch (GenerationException caught)
                {
                    failure = caught;
                    Note(request, engine, number, failure);
                    tried.Add(engine.Id);
                }
            }

            fruitless = progress.Count > before ? 1 : fruitless + 1;
            GiveUpIfHopeless(failure, progress, request, maxTokens, fruitless, number);
            await BackOffAsync(failure, model.Name, request, tried, number, cancellationToken);
        }
    }

    private static EngineCall Call(GenerateRequest request, string model, Engine engine, IReadOnlyList<int> sampled, int maxTokens) => new()
    {
        Engine = engine.Model,
        EngineRequestId = Guid.NewGuid().ToString("N"),
        Request = request,
        Model = engine.Model.NameFor(model),
        Continued = sampled.Count == 0 ? [] : [.. sampled],
        MaxTokens = maxTokens - sampled.Count,
        MinTokens = Math.Max(0, (request.Sampling?.MinTokens ?? 0) - sampled.Count),
    };

    private void GiveUpIfHopeless(
        GenerationException failure, Progress progress, GenerateRequest request, int maxTokens, int fruitless, int number)
    {
        if (!failure.Retryable || fruitless >= _options.MaxAttempts || number >= MostAttempts)
        {
            throw failure;
        }

        if (!progress.HasBegun)
        {
            return;
        }

        if (progress.ObstacleToResuming(maxTokens) is { } obstacle)
        {
            throw new GenerationException(
                StatusCode.Unavailable,
                Reasons.NotResumable,
                $"{failure.Message} (after {progress.Count} tokens; another engine cannot go on, since {obstacle})",
                failure);
        }

        RouterLog.Resuming(_logger, request.RequestId, progress.Count);
    }

    private void Note(GenerateRequest request, Engine engine, int number, GenerationException failure)
    {
        RouterLog.AttemptFailed(_logger, request.RequestId, number, engine.Id, failure.Reason, failure.Message);
        engine.State.CountFailure();
        if (failure.RetryAfter is { } wait)
        {
            engine.State.LeaveAlone(wait < LongestRetryAfter ? wait : LongestRetryAfter);
        }

        if (failure.BlamesEngine && engine.State.Blame(failure.Message))
        {
            RouterLog.HealthChanged(_logger, LogLevel.Warning, engine.Id, EngineHealth.Unhealthy, failure.Message);
            _balancer.Reconsider();
        }
    }

    // At once where an engine is left that has not been tried; else after a while that grows, or as the engine asked.
    private async Task BackOffAsync(
        GenerationException failure,
        string model,
        GenerateRequest request,
        HashSet<string> tried,
        int number,
        CancellationToken cancellationToken)
    {
        var others = _table.Engines.Any(engine =>
            engine.Serves(model) && engine.State.IsUsable && !tried.Contains(engine.Id)
            && (!request.Pinned || engine.Id == request.PreferredEngine));
        if (others)
        {
            return;
        }

        var wait = TimeSpan.FromMilliseconds(50 * Math.Pow(1.5, number - 1) * (0.8 + (0.4 * Random.Shared.NextDouble())));
        if (failure.RetryAfter is { } asked)
        {
            wait = asked < LongestRetryAfter ? asked : LongestRetryAfter;
        }

        await Task.Delay(wait, _time, cancellationToken);
    }

    private async ValueTask<int> MaxTokensAsync(
        GenerateRequest request, ServedModelOptions model, Engine engine, CancellationToken cancellationToken)
    {
        if (request.Sampling is { HasMaxTokens: true } sampling)
        {
            return sampling.MaxTokens;
        }

        var context = model.MaxModelLen > 0 ? model.MaxModelLen : engine.State.MaxModelLen;
        if (context == 0)
        {
            await _health.ProbeAsync(engine, cancellationToken);
            context = engine.State.MaxModelLen;
        }

        if (context == 0)
        {
            throw GenerationException.Invalid(
                "sampling.max_tokens", $"unset, and engine {engine.Id} does not tell its context's length; set it, or "
                    + "max_model_len of the model");
        }

        var left = context - request.Tokens.TokenIds.Count;
        return left > 0
            ? left
            : throw GenerationException.Invalid(
                "tokens.token_ids", $"the prompt's {request.Tokens.TokenIds.Count} tokens leave no room in a context of {context}");
    }
}
