using System.Net;
using Grpc.Core;

namespace Atropos.InferenceRouter.Errors;

/// <summary>Maps what engines answer to what callers are told.</summary>
internal static class EngineErrors
{
    /// <summary>The failure that an HTTP status and the engine's words amount to.</summary>
    /// <param name="engineId">Id of the engine, for the message.</param>
    /// <param name="status">An HTTP status; 0 where the engine named none, which counts as 500.</param>
    /// <param name="words">The engine's own words.</param>
    /// <param name="retryAfter">How long the engine wants to be left alone.</param>
    public static GenerationException FromStatus(string engineId, int status, string words, TimeSpan? retryAfter = null)
    {
        var said = words.Length == 0 ? $"HTTP {status} without a word" : words;
        var message = $"engine {engineId}: {said}";
        return (HttpStatusCode)status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
                new(StatusCode.FailedPrecondition, Reasons.EngineUnauthorized, $"{message} (check the engine's "
                    + "api_key)")
                { Retryable = true, BlamesEngine = true },
            HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed =>
                new(StatusCode.FailedPrecondition, Reasons.EngineLacksRoute, $"{message} (HTTP {status}; check its base_url, "
                    + "dialect and model name)")
                {
                    Retryable = true,
                    BlamesEngine = true,
                },
            HttpStatusCode.RequestTimeout =>
                new(StatusCode.DeadlineExceeded, Reasons.EngineTimeout, message) { Retryable = true, BlamesEngine = true },
            HttpStatusCode.TooManyRequests =>
                new(StatusCode.ResourceExhausted, Reasons.EngineBusy, message) { Retryable = true, RetryAfter = retryAfter },
            HttpStatusCode.ServiceUnavailable =>
                new(StatusCode.Unavailable, Reasons.EngineBusy, message) { Retryable = true, BlamesEngine = true, RetryAfter = retryAfter },
            HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout =>
                new(StatusCode.Unavailable, Reasons.EngineFailed, message) { Retryable = true, BlamesEngine = true },
            HttpStatusCode.NotImplemented => new(StatusCode.Unimplemented, Reasons.EngineRefused, message),
            _ when status is >= 400 and < 500 => new(StatusCode.InvalidArgument, Reasons.EngineRefused, message),
            _ => new(StatusCode.Internal, Reasons.EngineFailed, message) { Retryable = true, BlamesEngine = true },
        };
    }

    /// <summary>The failure that an error inside a 200 answer amounts to.</summary>
    public static GenerationException FromBody(string engineId, EngineErrorBody body) => FromStatus(engineId, body.Code, body.Message);
}
