namespace Grpc.Core.Interceptors;

/// <summary>Puts interceptors around the calls of a <see cref="ChannelBase"/>.</summary>
public static class ChannelExtensions
{
    /// <summary>Makes an invoker of a channel with one interceptor.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="interceptor">The interceptor.</param>
    /// <returns>The intercepted invoker.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static CallInvoker Intercept(this ChannelBase channel, Interceptor interceptor) =>
        Invoker(channel).Intercept(interceptor);

    /// <summary>Makes an invoker of a channel with several interceptors.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="interceptors">The interceptors; the first sees each call first.</param>
    /// <returns>The intercepted invoker.</returns>
    /// <exception cref="ArgumentNullException">An argument or an interceptor is null.</exception>
    public static CallInvoker Intercept(this ChannelBase channel, params Interceptor[] interceptors) =>
        Invoker(channel).Intercept(interceptors);

    /// <summary>Makes an invoker of a channel with a function that changes the request headers.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="interceptor">Takes the call's headers (empty where it has none) and gives those to send.</param>
    /// <returns>The intercepted invoker.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static CallInvoker Intercept(this ChannelBase channel, Func<Metadata, Metadata> interceptor) =>
        Invoker(channel).Intercept(interceptor);

    private static CallInvoker Invoker(ChannelBase channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return channel.CreateCallInvoker();
    }
}
