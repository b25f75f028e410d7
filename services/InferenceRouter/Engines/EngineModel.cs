using Atropos.InferenceRouter.Dialects;
using Atropos.Router.V1;

namespace Atropos.InferenceRouter.Engines;

/// <summary>An engine as the configuration makes it: never changes while the router runs.</summary>
internal sealed class EngineModel
{
    public required string Id { get; init; }

    /// <summary>Root of the engine; its path ends in a slash.</summary>
    public required Uri BaseUrl { get; init; }

    public required IEngineDialect Dialect { get; init; }

    public string ApiKey { get; init; } = "";

    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>The model's name as the engine knows it; empty takes the client's.</summary>
    public string EngineModelName { get; init; } = "";

    /// <summary>0 for no limit.</summary>
    public int MaxRequestsInFlight { get; init; }

    public TimeSpan Timeout { get; init; }

    public TimeSpan IdleTimeout { get; init; }

    /// <summary>For an engine that does not tell its own.</summary>
    public string WeightVersion { get; init; } = "";

    public LogprobKind LogprobKind { get; init; }

    public bool HealthCheck { get; init; }

    public string NameFor(string model) => EngineModelName.Length > 0 ? EngineModelName : model;
}
