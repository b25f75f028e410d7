using Grpc.Net.Client;

namespace Atropos.Hosting;

/// <summary>Creates channels to the services of the house.</summary>
public static class GrpcChannels
{
    /// <summary>
    /// Creates a channel with the house's message limits, keep-alive pings and as many HTTP/2 connections as its calls need.
    /// Keep one for the life of the process, and dispose it.
    /// </summary>
    /// <param name="address">
    /// <c>http://host:port</c> or <c>https://host:port</c>; <c>host:port</c> alone means plain text.
    /// </param>
    /// <param name="optionName">Name of the setting that the address is from, to be named where it is wrong.</param>
    /// <returns>The channel; it connects at the first call.</returns>
    /// <exception cref="BadOptionException">The address is not valid.</exception>
    public static GrpcChannel Create(string address, string optionName = "address")
    {
        var uri = ParseAddress(address, optionName);
        var handler = new SocketsHttpHandler
        {
            EnableMultipleHttp2Connections = true,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            KeepAlivePingDelay = TimeSpan.FromSeconds(30),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(15),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(10),
            InitialHttp2StreamWindowSize = GrpcLimits.StreamWindowBytes,
            UseProxy = false,
        };
        return GrpcChannel.ForAddress(uri, new GrpcChannelOptions
        {
            HttpHandler = handler,
            DisposeHttpClient = true,
            MaxReceiveMessageSize = GrpcLimits.MaxMessageBytes,
            MaxSendMessageSize = GrpcLimits.MaxMessageBytes,
        });
    }

    private static Uri ParseAddress(string address, string optionName)
    {
        var text = string.IsNullOrWhiteSpace(address) || address.Contains("://", StringComparison.Ordinal) ? address : "http://" + address;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri)
            || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
            || uri.Host.Length == 0)
        {
            throw new BadOptionException(optionName, $"\"{address}\" is not an address; give http://host:port");
        }

        return uri;
    }
}
