namespace Atropos.Transcoding;

/// <summary>How HTTP requests become gRPC calls. Read once, when the endpoints are mapped.</summary>
public sealed class TranscodingOptions
{
    /// <summary>The longest request body, in bytes; a longer one is answered with 413.</summary>
    /// <value>64 MiB by default.</value>
    public long MaxRequestBodySize { get; set; } = 64L * 1024 * 1024;

    /// <summary>How deep a JSON body may nest.</summary>
    /// <value>64 by default.</value>
    public int MaxJsonDepth { get; set; } = 64;

    /// <summary>Whether JSON members that a message has no field for are dropped rather than answered with 400.</summary>
    /// <value>False by default.</value>
    public bool IgnoreUnknownMembers { get; set; }

    /// <summary>Whether query parameters that a message has no field for are dropped rather than answered with 400.</summary>
    /// <value>False by default.</value>
    public bool IgnoreUnknownQueryParameters { get; set; }

    /// <summary>
    /// How long an event stream may be silent before a comment is sent, which clients skip, so that no proxy takes the
    /// connection for dead. Zero turns this off.
    /// </summary>
    /// <value>15 seconds by default.</value>
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The clock of the heartbeats.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>The names of the request headers that the gRPC call gets as metadata.</summary>
    /// <value><c>x-request-id</c>, <c>traceparent</c>, <c>idempotency-key</c> and <c>x-stainless-retry-count</c> by default.</value>
    public ICollection<string> RequestHeaders { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "x-request-id", "traceparent", "idempotency-key", "x-stainless-retry-count",
    };

    /// <summary>What the names of response metadata must start with to be sent as response headers.</summary>
    /// <value><c>x-</c> by default.</value>
    public ICollection<string> ResponseHeaderPrefixes { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "x-" };

    /// <summary>The OpenAPI document, or null for none.</summary>
    public OpenApiOptions? OpenApi { get; set; } = new();
}
