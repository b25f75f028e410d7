using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Atropos.Transcoding.Tests.Support;

internal static class KestrelExtensions
{
    public static void ListenLocalhost0(this KestrelServerOptions kestrel, HttpProtocols protocols)
        => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocols);
}
