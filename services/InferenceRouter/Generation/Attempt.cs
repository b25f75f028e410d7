using Atropos.InferenceRouter.Dialects;
using Atropos.InferenceRouter.Engines;
using Atropos.Router.V1;
using Microsoft.Extensions.Logging;

namespace Atropos.InferenceRouter.Generation;

/// <summary>One engine's part in a generation: reads its events, checks them and passes them on.</summary>
internal sealed class Attempt
{
    private readonly Engine _engine;
    private readonly EngineCall _call;
    private readonly int _number;
    private readonly Progress _progress;
    private readonly Func<GenerateResponse, ValueTask> _emit;
    private readonly ILogger _logger;
    private readonly AnswerGuard _guard;
    private GenerationStarted? _started;
    private GenerationUsage? _usage;
    private string? _version;

    public Attempt(Engine engine, EngineCall call, int number, Progress progress, Func<GenerateResponse, ValueTask> emit, ILogger logger)
    {
        _engine = engine;
        _call = call;
        _number = number;
        _progress = progress;
        _emit = emit;
        _logger = logger;
        _guard = new AnswerGuard(call);
    }

    /// <summary>Runs to the end of the engine's answer.</summary>
    /// <exception cref="Errors.GenerationException">The engine failed, or its answer is not what it must be.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var before = _progress.Count;
        await foreach (var happened in _engine.Model.Dialect.GenerateAsync(_call, cancellationToken))
        {
            await TakeAsync(happened);
        }

        var usage = _usage ?? new GenerationUsage { PromptTokens = -1, CompletionTokens = -1 };
        _guard.Check(usage);
        await StartAsync();
        if (_call.Continued.Count > 0)
        {
            // To this engine the earlier tokens were prompt; to the caller they are completion.
            usage.PromptTokens -= _call.Continued.Count;
            usage.CompletionTokens += before;
            usage.CachedTokens = Math.Min(usage.CachedTokens, usage.PromptTokens);
        }

        await _emit(new GenerateResponse { Usage = usage });
    }

    private async ValueTask TakeAsync(EngineEvent happened)
    {
        if (happened.WeightVersion is { } version)
        {
            _version = version;
            _engine.State.WeightVersion = version;
        }

        if (happened.Usage is { } usage)
        {
            _usage = usage;
        }
        else if (happened.PromptLogprobs is { } prompt)
        {
            _guard.Check(prompt);
            await StartAsync();
            if (!_progress.HasPromptLogprobs)
            {
                _progress.HasPromptLogprobs = true;
                await _emit(new GenerateResponse { PromptLogprobs = prompt });
            }
        }
        else if (happened.Sampled is { } tokens)
        {
            _guard.Check(tokens);
            await StartAsync();
            if (_version is not null && _version != _started!.WeightVersion)
            {
                tokens.WeightVersion = _version;
            }

            _progress.Add(tokens);
            await _emit(new GenerateResponse { Sampled = tokens });
        }
        else if (happened.Finished is { } finished)
        {
            await StartAsync();
            _progress.HasFinished = true;
            await _emit(new GenerateResponse { Finished = finished });
        }
    }

    // Held back until the engine has said something worth passing on: until then another may still take its place unseen.
    private async ValueTask StartAsync()
    {
        if (_started is not null)
        {
            return;
        }

        _started = new GenerationStarted
        {
            EngineId = _engine.Id,
            EngineRequestId = _call.EngineRequestId,
            Attempt = _number,
            LogprobKind = _engine.Model.LogprobKind,
            WeightVersion = _version ?? _engine.WeightVersion,
            Tracked = _guard.Tracked,
            Model = _call.Model,
        };
        _progress.HasBegun = true;
        _progress.Tracked &= _guard.Tracked;
        if (!_guard.Tracked)
        {
            RouterLog.Untracked(_logger, _call.Request.RequestId, _engine.Id);
        }

        await _emit(new GenerateResponse { Started = _started });
    }
}
