using Microsoft.Extensions.Logging;

namespace Atropos.Transcoding;

internal static partial class TranscodingLog
{
    [LoggerMessage(1, LogLevel.Error, "The request {Verb} {Path} failed.", EventName = "RequestFailed")]
    public static partial void RequestFailed(ILogger logger, Exception exception, string verb, string path);

    [LoggerMessage(2, LogLevel.Debug, "The client left during {Verb} {Path}.", EventName = "ClientLeft")]
    public static partial void ClientLeft(ILogger logger, string verb, string path);

    [LoggerMessage(3, LogLevel.Warning, "The stream of {Path} broke after its start: {Status}.", EventName = "StreamBroke")]
    public static partial void StreamBroke(ILogger logger, string path, string status);
}
