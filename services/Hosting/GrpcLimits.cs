namespace Atropos.Hosting;

/// <summary>Limits that every server and client of the house has in common.</summary>
public static class GrpcLimits
{
    /// <summary>Longest message that is sent or taken, in bytes: 64 MiB. A long rollout with its logprobs is one message.</summary>
    public const int MaxMessageBytes = 64 * 1024 * 1024;

    /// <summary>Calls that one HTTP/2 connection carries at once.</summary>
    public const int MaxStreamsPerConnection = 10_000;

    /// <summary>Flow-control window of a connection, in bytes.</summary>
    public const int ConnectionWindowBytes = 8 * 1024 * 1024;

    /// <summary>Flow-control window of one call, in bytes.</summary>
    public const int StreamWindowBytes = 1024 * 1024;
}
