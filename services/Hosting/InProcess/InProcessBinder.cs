using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Atropos.Hosting.InProcess;

/// <summary>Keeps the handlers of services by method name, each wrapped in the interceptors once, not per call.</summary>
internal sealed class InProcessBinder(Dictionary<string, Delegate> handlers, IReadOnlyList<Interceptor> interceptors) : ServiceBinderBase
{
    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        for (var i = interceptors.Count - 1; i >= 0; i--)
        {
            var (interceptor, next) = (interceptors[i], handler);
            handler = (request, context) => interceptor.UnaryServerHandler(request, context, next);
        }

        Add(method, handler);
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        for (var i = interceptors.Count - 1; i >= 0; i--)
        {
            var (interceptor, next) = (interceptors[i], handler);
            handler = (requests, context) => interceptor.ClientStreamingServerHandler(requests, context, next);
        }

        Add(method, handler);
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        for (var i = interceptors.Count - 1; i >= 0; i--)
        {
            var (interceptor, next) = (interceptors[i], handler);
            handler = (request, responses, context) => interceptor.ServerStreamingServerHandler(request, responses, context, next);
        }

        Add(method, handler);
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        for (var i = interceptors.Count - 1; i >= 0; i--)
        {
            var (interceptor, next) = (interceptors[i], handler);
            handler = (requests, responses, context) => interceptor.DuplexStreamingServerHandler(requests, responses, context, next);
        }

        Add(method, handler);
    }

    private void Add(IMethod method, Delegate handler)
    {
        if (!handlers.TryAdd(method.FullName, handler))
        {
            throw new ArgumentException($"The method {method.FullName} has been added already.", nameof(method));
        }
    }
}
