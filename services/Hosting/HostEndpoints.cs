namespace Atropos.Hosting;

/// <summary>Where a host listens.</summary>
/// <param name="Host">
/// An IP address, <c>localhost</c>, or <c>*</c> for every address. <c>localhost</c> with port 0 is 127.0.0.1.
/// </param>
/// <param name="GrpcPort">Port for gRPC, HTTP/2 without TLS; 0 for any free one, null for none.</param>
/// <param name="HttpPort">Port for HTTP/1.1; 0 for any free one, null for none.</param>
public sealed record HostEndpoints(string Host, int? GrpcPort, int? HttpPort = null);
