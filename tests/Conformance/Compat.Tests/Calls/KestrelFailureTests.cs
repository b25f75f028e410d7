using Atropos.Tests.Echo;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Atropos.Compat.Tests.Calls;

public sealed class KestrelFailureTests : EchoFailureContract
{
    private readonly KestrelCarrier _carrier = new();

    protected override Task<CallInvoker> StartAsync(EchoServiceImpl service, params Interceptor[] interceptors) =>
        _carrier.StartAsync(service, interceptors);

    protected override Task StopAsync() => _carrier.StopAsync();
}
