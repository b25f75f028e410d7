namespace Atropos.InferenceRouter.Configuration;

/// <summary>What the router is asked to do: its engines, its models and how it shares requests among them.</summary>
/// <remarks><see cref="ServersFile.Load"/> reads it from a <c>servers.json</c>.</remarks>
public sealed class InferenceRouterOptions
{
    /// <summary>The engines, at least one.</summary>
    public IList<EngineOptions> Engines { get; } = [];

    /// <summary>What is known of the models, the default one first. A model that only an engine names is added with its own name
    /// as tokenizer.</summary>
    public IList<ServedModelOptions> Models { get; } = [];

    /// <summary>Name of the balancing policy: <c>least_in_flight</c> or <c>round_robin</c>.</summary>
    public string Balancing { get; set; } = "least_in_flight";

    /// <summary>Most engines tried, one after another, before a request that got no token fails. From 1.</summary>
    public int MaxAttempts { get; set; } = 3;

    /// <summary>Most requests that wait for a free engine; more are refused.</summary>
    public int MaxWaitingRequests { get; set; } = 65_536;

    /// <summary>How long to wait for a connection to an engine.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a healthy engine is asked whether it is well; any other is asked every second. An
    /// engine that is not asked gets another chance after this time.</summary>
    public TimeSpan HealthInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an engine may take to say that it is well.</summary>
    public TimeSpan HealthTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many failures in a row make an engine unhealthy. From 1.</summary>
    public int UnhealthyAfter { get; set; } = 3;
}
