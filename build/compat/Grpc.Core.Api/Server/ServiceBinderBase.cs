namespace Grpc.Core;

/// <summary>Receives the methods of a service: what a server derives from to learn what it serves.</summary>
public class ServiceBinderBase
{
    /// <summary>Creates a binder.</summary>
    public ServiceBinderBase()
    {
    }

    /// <summary>Adds a unary method.</summary>
    /// <typeparam name="TRequest">Type of the request.</typeparam>
    /// <typeparam name="TResponse">Type of the response.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="handler">Its handler.</param>
    /// <exception cref="NotSupportedException">The binder does not override this.</exception>
    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class => throw NotOverridden(method);

    /// <summary>Adds a client streaming method.</summary>
    /// <typeparam name="TRequest">Type of the requests.</typeparam>
    /// <typeparam name="TResponse">Type of the response.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="handler">Its handler.</param>
    /// <exception cref="NotSupportedException">The binder does not override this.</exception>
    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class => throw NotOverridden(method);

    /// <summary>Adds a server streaming method.</summary>
    /// <typeparam name="TRequest">Type of the request.</typeparam>
    /// <typeparam name="TResponse">Type of the responses.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="handler">Its handler.</param>
    /// <exception cref="NotSupportedException">The binder does not override this.</exception>
    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class => throw NotOverridden(method);

    /// <summary>Adds a bidirectional streaming method.</summary>
    /// <typeparam name="TRequest">Type of the requests.</typeparam>
    /// <typeparam name="TResponse">Type of the responses.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="handler">Its handler.</param>
    /// <exception cref="NotSupportedException">The binder does not override this.</exception>
    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class => throw NotOverridden(method);

    private static NotSupportedException NotOverridden(IMethod method) =>
        new($"This service binder does not take {method.Type} methods, such as {method.FullName}.");
}
