using System.Globalization;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;

namespace Atropos.TokenizerService.Grpc;

/// <summary>
/// Says how long a message may be where one is too long: the gRPC server, which refuses it before any code of a service runs,
/// does not.
/// </summary>
internal static class MessageLimitText
{
    private const string StatusHeader = "grpc-status";
    private const string MessageHeader = "grpc-message";

    private static readonly string Refused = ((int)StatusCode.ResourceExhausted).ToString(CultureInfo.InvariantCulture);

    public static void Add(EndpointBuilder endpoint)
    {
        if (endpoint.RequestDelegate is not { } serve)
        {
            return;
        }

        endpoint.RequestDelegate = async context =>
        {
            await serve(context);
            var headers = context.Response.Headers;
            if (!context.Response.HasStarted && headers[StatusHeader] == Refused && IsServers(headers[MessageHeader]))
            {
                headers[MessageHeader] = Uri.EscapeDataString(TokenizerErrors.RequestTooLarge().Message);
            }
        };
    }

    private static bool IsServers(string? message) => message?.StartsWith("Received message exceeds", StringComparison.Ordinal) == true
        || message?.StartsWith("Received%20message%20exceeds", StringComparison.Ordinal) == true;
}
