namespace Atropos.SessionTracker.Clients;

/// <summary>How generations are sent to the router.</summary>
public enum RouterTransport
{
    /// <summary>All over one duplex stream: the default, and the cheapest.</summary>
    Exchange,

    /// <summary>Each as a call of its own, for proxies that balance by call.</summary>
    Calls,
}
