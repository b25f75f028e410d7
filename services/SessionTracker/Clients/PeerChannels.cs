using Atropos.Hosting;
using Grpc.Net.Client;

namespace Atropos.SessionTracker.Clients;

/// <summary>The channels to the services that the session tracker calls, where they are other processes.</summary>
internal sealed class PeerChannels(SessionTrackerAddresses addresses) : IDisposable
{
    /// <summary>To the tokenizer service.</summary>
    public GrpcChannel Tokenizer { get; } = GrpcChannels.Create(addresses.Tokenizer, "--tokenizer-address");

    /// <summary>To the inference router.</summary>
    public GrpcChannel Router { get; } = GrpcChannels.Create(addresses.Router, "--router-address");

    /// <inheritdoc/>
    public void Dispose()
    {
        Tokenizer.Dispose();
        Router.Dispose();
    }
}
