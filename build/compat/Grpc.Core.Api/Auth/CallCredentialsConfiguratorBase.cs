namespace Grpc.Core;

/// <summary>Receives the parts of <see cref="CallCredentials"/>: the second half of a double dispatch.</summary>
public abstract class CallCredentialsConfiguratorBase
{
    /// <summary>Creates a configurator.</summary>
    protected CallCredentialsConfiguratorBase()
    {
    }

    /// <summary>The credentials are a combination.</summary>
    /// <param name="state">What was given to <see cref="CallCredentials.InternalPopulateConfiguration"/>.</param>
    /// <param name="credentials">The parts, in the order to apply them.</param>
    public abstract void SetCompositeCredentials(object? state, IReadOnlyList<CallCredentials> credentials);

    /// <summary>The credentials are a function.</summary>
    /// <param name="state">What was given to <see cref="CallCredentials.InternalPopulateConfiguration"/>.</param>
    /// <param name="interceptor">The function.</param>
    public abstract void SetAsyncAuthInterceptorCredentials(object? state, AsyncAuthInterceptor interceptor);
}
