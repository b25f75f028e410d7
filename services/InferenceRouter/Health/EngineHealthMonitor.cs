using Atropos.InferenceRouter.Balancing;
using Atropos.InferenceRouter.Configuration;
using Atropos.InferenceRouter.Engines;
using Atropos.Router.V1;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Atropos.InferenceRouter.Health;

/// <summary>Asks each engine at intervals whether it is well, and what it tells of itself.</summary>
internal sealed class EngineHealthMonitor : BackgroundService
{
    private static readonly TimeSpan DoubtInterval = TimeSpan.FromSeconds(1);
    private readonly EngineTable _table;
    private readonly EngineBalancer _balancer;
    private readonly HttpClient _http;
    private readonly InferenceRouterOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<EngineHealthMonitor> _logger;

    public EngineHealthMonitor(
        EngineTable table,
        EngineBalancer balancer,
        HttpClient http,
        InferenceRouterOptions options,
        TimeProvider time,
        ILogger<EngineHealthMonitor> logger)
    {
        _table = table;
        _balancer = balancer;
        _http = http;
        _options = options;
        _time = time;
        _logger = logger;
    }

    /// <summary>Asks one engine now and notes what comes of it.</summary>
    public async Task ProbeAsync(Engine engine, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.HealthTimeout, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        string? problem = null;
        try
        {
            using var response = await _http.GetAsync(new Uri(engine.Model.BaseUrl, "health"), linked.Token);
            if (response.IsSuccessStatusCode)
            {
                var facts = await engine.Model.Dialect.LearnAsync(engine.Model, _http, linked.Token);
                engine.State.WeightVersion = facts.WeightVersion ?? engine.State.WeightVersion;
                engine.State.MaxModelLen = facts.MaxModelLen > 0 ? facts.MaxModelLen : engine.State.MaxModelLen;
            }
            else
            {
                problem = $"/health answers {(int)response.StatusCode}";
            }
        }
        catch (HttpRequestException failure)
        {
            problem = $"/health: {failure.Message}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            problem = $"/health did not answer within {_options.HealthTimeout.TotalSeconds} s";
        }

        if (problem is null ? engine.State.Recovered() : engine.State.Blame($"engine {engine.Id}: {problem}"))
        {
            var health = problem is null ? EngineHealth.Healthy : EngineHealth.Unhealthy;
            RouterLog.HealthChanged(_logger, problem is null ? LogLevel.Information : LogLevel.Warning, engine.Id, health, problem ?? "answers");
            _balancer.Reconsider();
        }
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(_table.Engines.Select(engine => WatchAsync(engine, stoppingToken)));

    private async Task WatchAsync(Engine engine, CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                if (engine.Model.HealthCheck)
                {
                    await ProbeAsync(engine, stoppingToken);
                }
                else if (engine.State.GiveAnotherChance())
                {
                    _balancer.Reconsider();
                }

                var soon = engine.State.Health != EngineHealth.Healthy && DoubtInterval < _options.HealthInterval;
                await Task.Delay(soon && engine.Model.HealthCheck ? DoubtInterval : _options.HealthInterval, _time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The router stops.
        }
    }
}
