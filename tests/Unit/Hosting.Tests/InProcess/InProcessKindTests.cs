using Atropos.Hosting.InProcess;
using Atropos.Tests.Echo;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Atropos.Hosting.Tests.InProcess;

public sealed class InProcessKindTests : EchoKindContract
{
    protected override Task<CallInvoker> StartAsync(EchoServiceImpl service, params Interceptor[] interceptors) =>
        Task.FromResult<CallInvoker>(new InProcessCallInvoker(new InProcessServices(interceptors).Add(service)));
}
