namespace Grpc.Core;

/// <summary>Several call credentials, applied in order.</summary>
internal sealed class CompositeCallCredentials : CallCredentials
{
    private readonly IReadOnlyList<CallCredentials> _credentials;

    internal CompositeCallCredentials(CallCredentials[] credentials)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        if (credentials.Length < 2)
        {
            throw new ArgumentException("At least two credentials are needed to compose.", nameof(credentials));
        }

        var copy = (CallCredentials[])credentials.Clone();
        foreach (var item in copy)
        {
            ArgumentNullException.ThrowIfNull(item, nameof(credentials));
        }

        _credentials = Array.AsReadOnly(copy);
    }

    public override void InternalPopulateConfiguration(CallCredentialsConfiguratorBase configurator, object? state)
    {
        ArgumentNullException.ThrowIfNull(configurator);
        configurator.SetCompositeCredentials(state, _credentials);
    }
}
