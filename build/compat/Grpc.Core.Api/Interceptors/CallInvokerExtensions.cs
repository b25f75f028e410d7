namespace Grpc.Core.Interceptors;

/// <summary>Puts interceptors around a <see cref="CallInvoker"/>.</summary>
public static class CallInvokerExtensions
{
    /// <summary>Puts one interceptor around an invoker.</summary>
    /// <param name="invoker">The invoker.</param>
    /// <param name="interceptor">The interceptor; it sees each call before those already there.</param>
    /// <returns>The intercepted invoker.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static CallInvoker Intercept(this CallInvoker invoker, Interceptor interceptor) =>
        new InterceptingCallInvoker(invoker, interceptor);

    /// <summary>Puts several interceptors around an invoker.</summary>
    /// <param name="invoker">The invoker.</param>
    /// <param name="interceptors">The interceptors; the first sees each call first.</param>
    /// <returns>The intercepted invoker.</returns>
    /// <exception cref="ArgumentNullException">An argument or an interceptor is null.</exception>
    public static CallInvoker Intercept(this CallInvoker invoker, params Interceptor[] interceptors)
    {
        ArgumentNullException.ThrowIfNull(invoker);
        ArgumentNullException.ThrowIfNull(interceptors);
        for (var i = interceptors.Length - 1; i >= 0; i--)
        {
            invoker = Intercept(invoker, interceptors[i]);
        }

        return invoker;
    }

    /// <summary>Puts a function that changes the request headers around an invoker.</summary>
    /// <param name="invoker">The invoker.</param>
    /// <param name="interceptor">Takes the call's headers (empty where it has none) and gives those to send.</param>
    /// <returns>The intercepted invoker.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static CallInvoker Intercept(this CallInvoker invoker, Func<Metadata, Metadata> interceptor) =>
        new InterceptingCallInvoker(invoker, new MetadataInterceptor(interceptor));
}
