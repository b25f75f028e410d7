using Atropos.Tests.Echo;
using Grpc.Core;

namespace Atropos.Hosting.Tests.Errors;

/// <summary>Throws what it is told to, from each kind of method.</summary>
public sealed class ThrowingService(Func<ServerCallContext, Exception> make) : EchoService.EchoServiceBase
{
    public override Task<EchoResponse> Unary(EchoRequest request, ServerCallContext context) => throw make(context);

    public override Task<EchoResponse> Collect(IAsyncStreamReader<EchoRequest> requestStream, ServerCallContext context) =>
        throw make(context);

    public override Task Expand(EchoRequest request, IServerStreamWriter<EchoResponse> responseStream, ServerCallContext context) =>
        throw make(context);

    public override Task Chat(
        IAsyncStreamReader<EchoRequest> requestStream, IServerStreamWriter<EchoResponse> responseStream, ServerCallContext context) =>
        throw make(context);
}
