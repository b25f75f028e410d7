namespace Grpc.Core;

/// <summary>Call credentials made of a function.</summary>
internal sealed class AsyncAuthInterceptorCredentials : CallCredentials
{
    private readonly AsyncAuthInterceptor _interceptor;

    internal AsyncAuthInterceptorCredentials(AsyncAuthInterceptor interceptor)
    {
        ArgumentNullException.ThrowIfNull(interceptor);
        _interceptor = interceptor;
    }

    public override void InternalPopulateConfiguration(CallCredentialsConfiguratorBase configurator, object? state)
    {
        ArgumentNullException.ThrowIfNull(configurator);
        configurator.SetAsyncAuthInterceptorCredentials(state, _interceptor);
    }
}
