using Atropos.SessionTracker.Clients;

namespace Atropos.SessionTracker;

/// <summary>How the session tracker works. Everything has a default.</summary>
public sealed class SessionTrackerOptions
{
    /// <summary>The tool-call parser of models whose configuration names none. Default: <c>hermes</c>.</summary>
    public string DefaultToolParser { get; set; } = "hermes";

    /// <summary>How long the router's lists of models and engines are remembered. Default: two seconds.</summary>
    public TimeSpan CatalogLifetime { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Most sessions to hold in memory; beyond it those go first that were asked for longest ago, and are read from the store when
    /// they are asked for again. Sessions in use stay in any case. Default: 10,000.
    /// </summary>
    public int MaxLoadedSessions { get; set; } = 10_000;

    /// <summary>How long a session that nobody asks for is held in memory. Default: ten minutes.</summary>
    public TimeSpan SessionIdleTime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How generations are sent to the router. Default: <see cref="RouterTransport.Exchange"/>.</summary>
    public RouterTransport RouterTransport { get; set; } = RouterTransport.Exchange;
}
