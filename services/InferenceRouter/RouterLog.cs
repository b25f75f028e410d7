using Atropos.Router.V1;
using Microsoft.Extensions.Logging;

namespace Atropos.InferenceRouter;

internal static partial class RouterLog
{
    [LoggerMessage(EventId = 1, Message = "Engine {EngineId} is now {Health}: {Why}")]
    public static partial void HealthChanged(ILogger logger, LogLevel level, string engineId, EngineHealth health, string why);

    [LoggerMessage(2, LogLevel.Warning, "Request {RequestId}, attempt {Attempt} at engine {EngineId} failed ({Reason}): {Why}")]
    public static partial void AttemptFailed(ILogger logger, string requestId, int attempt, string engineId, string reason, string why);

    [LoggerMessage(3, LogLevel.Information, "Request {RequestId} goes on at another engine after {Tokens} tokens")]
    public static partial void Resuming(ILogger logger, string requestId, int tokens);

    [LoggerMessage(4, LogLevel.Warning, "Engine {EngineId} sends no token_ids; ids are read from its token strings (token_id:N)")]
    public static partial void IdsFromStrings(ILogger logger, string engineId);

    [LoggerMessage(5, LogLevel.Warning, "Request {RequestId}: engine {EngineId} reports no ids or log-probabilities; passed on untracked")]
    public static partial void Untracked(ILogger logger, string requestId, string engineId);

    [LoggerMessage(6, LogLevel.Error, "Generation on the stream failed unexpectedly")]
    public static partial void Unexpected(ILogger logger, Exception failure);
}
