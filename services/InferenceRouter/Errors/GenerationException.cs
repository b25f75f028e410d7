using Atropos.Hosting.Errors;
using Grpc.Core;

namespace Atropos.InferenceRouter.Errors;

/// <summary>A generation that failed: what the caller is told, and whether another engine may do better.</summary>
internal sealed class GenerationException : AtroposException
{
    public GenerationException(StatusCode status, string reason, string message, Exception? inner = null, string? field = null)
        : base(status, reason, message, field, inner)
    {
    }

    /// <summary>Whether another attempt, with another engine if there is one, may succeed.</summary>
    public bool Retryable { get; init; }

    /// <summary>Whether it counts against the engine's health.</summary>
    public bool BlamesEngine { get; init; }

    /// <summary>How long the engine wants to be left alone, where it said so.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>A request that is wrong.</summary>
    public static GenerationException Invalid(string field, string message) =>
        new(StatusCode.InvalidArgument, "INVALID_REQUEST", $"{field}: {message}", field: field);

    /// <summary>An answer that does not hold what it must; nothing is made up in its place.</summary>
    public static GenerationException Inexact(string reason, string message) =>
        new(StatusCode.DataLoss, reason, message) { BlamesEngine = true };

    /// <summary>An engine that died, or a stream that was cut.</summary>
    public static GenerationException Died(string reason, string message, Exception? inner = null) =>
        new(StatusCode.Unavailable, reason, message, inner) { Retryable = true, BlamesEngine = true };
}
