namespace Grpc.Core;

/// <summary>Receives the parts of <see cref="ChannelCredentials"/>: the second half of a double dispatch.</summary>
public abstract class ChannelCredentialsConfiguratorBase
{
    /// <summary>Creates a configurator.</summary>
    protected ChannelCredentialsConfiguratorBase()
    {
    }

    /// <summary>The channel is plain text.</summary>
    /// <param name="state">What was given to <see cref="ChannelCredentials.InternalPopulateConfiguration"/>.</param>
    public abstract void SetInsecureCredentials(object? state);

    /// <summary>The channel uses TLS.</summary>
    /// <param name="state">What was given to <see cref="ChannelCredentials.InternalPopulateConfiguration"/>.</param>
    /// <param name="rootCertificates">PEM encoded roots; null for the defaults.</param>
    /// <param name="keyCertificatePair">Client certificate; null for none.</param>
    /// <param name="verifyPeerCallback">Further check of the server; null for none.</param>
    public abstract void SetSslCredentials(
        object? state,
        string? rootCertificates,
        KeyCertificatePair? keyCertificatePair,
        VerifyPeerCallback? verifyPeerCallback);

    /// <summary>The channel has credentials for its connections and for each call.</summary>
    /// <param name="state">What was given to <see cref="ChannelCredentials.InternalPopulateConfiguration"/>.</param>
    /// <param name="channelCredentials">How the connections are secured.</param>
    /// <param name="callCredentials">What is added to each call.</param>
    public abstract void SetCompositeCredentials(object? state, ChannelCredentials channelCredentials, CallCredentials callCredentials);
}
