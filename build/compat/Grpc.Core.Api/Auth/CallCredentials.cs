namespace Grpc.Core;

/// <summary>Credentials of a single call: headers that are added to it.</summary>
public abstract class CallCredentials
{
    /// <summary>Creates credentials.</summary>
    protected CallCredentials()
    {
    }

    /// <summary>Combines credentials; they are applied in the given order.</summary>
    /// <param name="credentials">Two or more credentials.</param>
    /// <returns>The combination.</returns>
    /// <exception cref="ArgumentException">Fewer than two were given.</exception>
    /// <exception cref="ArgumentNullException">The array or one of its elements is null.</exception>
    public static CallCredentials Compose(params CallCredentials[] credentials) => new CompositeCallCredentials(credentials);

    /// <summary>Makes credentials of a function that adds headers.</summary>
    /// <param name="interceptor">The function.</param>
    /// <returns>The credentials.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="interceptor"/> is null.</exception>
    public static CallCredentials FromInterceptor(AsyncAuthInterceptor interceptor) => new AsyncAuthInterceptorCredentials(interceptor);

    /// <summary>Tells <paramref name="configurator"/> what these credentials are, through the method for their kind.</summary>
    /// <param name="configurator">Who asks.</param>
    /// <param name="state">Handed on to the configurator.</param>
    public abstract void InternalPopulateConfiguration(CallCredentialsConfiguratorBase configurator, object? state);
}
