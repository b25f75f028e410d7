namespace Grpc.Core;

/// <summary>The server that a <see cref="VerifyPeerCallback"/> decides about.</summary>
public class VerifyPeerContext
{
    internal VerifyPeerContext(string targetName, string peerPem)
    {
        TargetName = targetName;
        PeerPem = peerPem;
    }

    /// <summary>The host name that was connected to.</summary>
    public string TargetName { get; }

    /// <summary>The server's certificate, PEM encoded.</summary>
    public string PeerPem { get; }
}
