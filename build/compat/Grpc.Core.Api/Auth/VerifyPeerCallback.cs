namespace Grpc.Core;

/// <summary>Decides whether a server is accepted after its TLS handshake.</summary>
/// <param name="context">The server.</param>
/// <returns>True to accept it.</returns>
public delegate bool VerifyPeerCallback(VerifyPeerContext context);
