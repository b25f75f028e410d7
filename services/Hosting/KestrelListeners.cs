using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Atropos.Hosting;

/// <summary>Sets up Kestrel for the house's two kinds of listener.</summary>
internal static class KestrelListeners
{
    internal static void Configure(KestrelServerOptions options, HostEndpoints endpoints)
    {
        options.AddServerHeader = false;
        options.Limits.MaxRequestBodySize = GrpcLimits.MaxMessageBytes + 1024;
        options.Limits.Http2.MaxStreamsPerConnection = GrpcLimits.MaxStreamsPerConnection;
        options.Limits.Http2.InitialConnectionWindowSize = GrpcLimits.ConnectionWindowBytes;
        options.Limits.Http2.InitialStreamWindowSize = GrpcLimits.StreamWindowBytes;
        options.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
        options.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(15);

        // Without TLS nothing negotiates the protocol, so each kind has a port of its own.
        if (endpoints.GrpcPort is { } grpcPort)
        {
            Listen(options, endpoints.Host, grpcPort, HttpProtocols.Http2);
        }

        if (endpoints.HttpPort is { } httpPort)
        {
            Listen(options, endpoints.Host, httpPort, HttpProtocols.Http1);
        }
    }

    internal static void Validate(HostEndpoints endpoints)
    {
        if (endpoints.GrpcPort is null && endpoints.HttpPort is null)
        {
            throw new BadOptionException("port", "there is no port to listen on; give one for gRPC or HTTP");
        }

        foreach (var port in new[] { endpoints.GrpcPort, endpoints.HttpPort })
        {
            if (port is < 0 or > 65535)
            {
                throw new BadOptionException("port", $"{port} is not a port; give a number from 0 to 65535");
            }
        }

        if (endpoints.GrpcPort == endpoints.HttpPort && endpoints.HttpPort != 0)
        {
            throw new BadOptionException("port", $"gRPC and HTTP cannot both have port {endpoints.HttpPort}; give two different ones");
        }

        if (!IsAny(endpoints.Host) && !IsLocalhost(endpoints.Host) && !IPAddress.TryParse(endpoints.Host, out _))
        {
            throw new BadOptionException(
                "host", $"\"{endpoints.Host}\" is not an address to listen on; give an IP address, localhost, or * for all");
        }
    }

    private static void Listen(KestrelServerOptions options, string host, int port, HttpProtocols protocols)
    {
        void Setup(ListenOptions listen) => listen.Protocols = protocols;
        if (IsAny(host))
        {
            options.ListenAnyIP(port, Setup);
        }
        else if (IsLocalhost(host) && port != 0)
        {
            options.ListenLocalhost(port, Setup);
        }
        else
        {
            options.Listen(IsLocalhost(host) ? IPAddress.Loopback : IPAddress.Parse(host), port, Setup);
        }
    }

    private static bool IsAny(string host) => host is "*" or "+" or "0.0.0.0" or "::" or "[::]";

    private static bool IsLocalhost(string host) => string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase);
}
