using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Atropos.Hosting.Errors;

internal static partial class ErrorLog
{
    [LoggerMessage(1, LogLevel.Debug, "{Method} refused with {StatusCode} {Reason}: {Text}")]
    public static partial void Refused(
        ILogger logger, string method, StatusCode statusCode, string reason, string text, Exception? cause);

    [LoggerMessage(2, LogLevel.Debug, "{Method} ended with {StatusCode}")]
    public static partial void Cancelled(ILogger logger, string method, StatusCode statusCode);

    [LoggerMessage(3, LogLevel.Error, "{Method} failed")]
    public static partial void Failed(ILogger logger, string method, Exception exception);
}
