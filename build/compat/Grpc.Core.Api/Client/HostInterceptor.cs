using Grpc.Core.Interceptors;

namespace Grpc.Core;

/// <summary>Names a host in every call.</summary>
internal sealed class HostInterceptor : ClientContextInterceptor
{
    private readonly string _host;

    internal HostInterceptor(string host)
    {
        _host = host;
    }

    protected override ClientInterceptorContext<TRequest, TResponse> Change<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context) => new(context.Method, _host, context.Options);
}
