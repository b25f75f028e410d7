namespace Grpc.Core;

/// <summary>TLS credentials of a channel.</summary>
public sealed class SslCredentials : ChannelCredentials
{
    private readonly VerifyPeerCallback? _verifyPeerCallback;

    /// <summary>Default roots, no client certificate.</summary>
    public SslCredentials()
        : this(null, null, null)
    {
    }

    /// <summary>Given roots, no client certificate.</summary>
    /// <param name="rootCertificates">PEM encoded roots; null for the defaults.</param>
    public SslCredentials(string? rootCertificates)
        : this(rootCertificates, null, null)
    {
    }

    /// <summary>Given roots and client certificate.</summary>
    /// <param name="rootCertificates">PEM encoded roots; null for the defaults.</param>
    /// <param name="keyCertificatePair">Client certificate; null for none.</param>
    public SslCredentials(string? rootCertificates, KeyCertificatePair? keyCertificatePair)
        : this(rootCertificates, keyCertificatePair, null)
    {
    }

    /// <summary>Given roots, client certificate and a further check of the server.</summary>
    /// <param name="rootCertificates">PEM encoded roots; null for the defaults.</param>
    /// <param name="keyCertificatePair">Client certificate; null for none.</param>
    /// <param name="verifyPeerCallback">Called after the handshake; null for none.</param>
    public SslCredentials(string? rootCertificates, KeyCertificatePair? keyCertificatePair, VerifyPeerCallback? verifyPeerCallback)
    {
        RootCertificates = rootCertificates;
        KeyCertificatePair = keyCertificatePair;
        _verifyPeerCallback = verifyPeerCallback;
    }

    /// <summary>PEM encoded roots; null for the defaults.</summary>
    public string? RootCertificates { get; }

    /// <summary>Client certificate; null for none.</summary>
    public KeyCertificatePair? KeyCertificatePair { get; }

    /// <inheritdoc/>
    public override void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object? state)
    {
        ArgumentNullException.ThrowIfNull(configurator);
        configurator.SetSslCredentials(state, RootCertificates, KeyCertificatePair, _verifyPeerCallback);
    }
}
