using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Atropos.Compat.Tests.Calls;

/// <summary>Runs the instances of an <see cref="InterceptorList"/>, the first outermost.</summary>
public sealed class InterceptorListRunner(InterceptorList list) : Interceptor
{
    private readonly IEnumerable<Interceptor> _innermostFirst = list.Interceptors.Reverse();

    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        _innermostFirst.Aggregate(continuation, (next, i) => (r, c) => i.UnaryServerHandler(r, c, next))(request, context);

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
        _innermostFirst.Aggregate(continuation, (next, i) => (r, c) => i.ClientStreamingServerHandler(r, c, next))(requestStream, context);

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        _innermostFirst.Aggregate(
            continuation, (next, i) => (r, w, c) => i.ServerStreamingServerHandler(r, w, c, next))(request, responseStream, context);

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        _innermostFirst.Aggregate(
            continuation, (next, i) => (r, w, c) => i.DuplexStreamingServerHandler(r, w, c, next))(requestStream, responseStream, context);
}
