using Atropos.Router.V1;

namespace Atropos.InferenceRouter.Configuration;

/// <summary>One engine, as the configuration asks for it.</summary>
public sealed class EngineOptions
{
    /// <summary>Its id; empty takes the host and port of <see cref="BaseUrl"/>.</summary>
    public string Id { get; set; } = "";

    /// <summary>Where it is reached, as <c>http://host:port</c>. A path is kept; a last segment <c>/v1</c> is taken off.</summary>
    public string BaseUrl { get; set; } = "";

    /// <summary>How it is spoken to: <c>vllm</c> or <c>sglang</c>.</summary>
    public string Dialect { get; set; } = "";

    /// <summary>Sent to the engine as bearer token; empty sends none. A client's own key is never sent on.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>Names of the models that it serves, as clients name them. At least one.</summary>
    public IList<string> Models { get; } = [];

    /// <summary>The model's name as the engine knows it; empty takes the name that the client used.</summary>
    public string EngineModelName { get; set; } = "";

    /// <summary>Most requests to have under way with it; 0 for no limit.</summary>
    public int MaxRequestsInFlight { get; set; }

    /// <summary>How long one attempt at a generation may take in all.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(20);

    /// <summary>How long the engine may send nothing before it counts as dead. Does not hold for answers that come in one piece.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Version of its weights, for an engine that does not tell; empty if unknown.</summary>
    public string WeightVersion { get; set; } = "";

    /// <summary>What its log-probabilities are of, where it differs from what its dialect usually reports.</summary>
    public LogprobKind LogprobKind { get; set; }

    /// <summary>Whether it is asked at intervals whether it is well.</summary>
    public bool HealthCheck { get; set; } = true;
}
