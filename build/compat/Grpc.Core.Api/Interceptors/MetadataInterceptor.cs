namespace Grpc.Core.Interceptors;

/// <summary>Changes the request headers of every call.</summary>
internal sealed class MetadataInterceptor : ClientContextInterceptor
{
    private readonly Func<Metadata, Metadata> _change;

    internal MetadataInterceptor(Func<Metadata, Metadata> change)
    {
        ArgumentNullException.ThrowIfNull(change, "interceptor");
        _change = change;
    }

    protected override ClientInterceptorContext<TRequest, TResponse> Change<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context)
    {
        var headers = _change(context.Options.Headers ?? new Metadata());
        return new ClientInterceptorContext<TRequest, TResponse>(context.Method, context.Host, context.Options.WithHeaders(headers));
    }
}
