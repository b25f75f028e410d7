using Atropos.Hosting.InProcess;
using Atropos.Tests.Echo;
using Grpc.Core;

namespace Atropos.Hosting.Tests.InProcess;

public sealed class MessageFlowTests
{
    [Fact(Timeout = 60_000)]
    public async Task Messages_that_flow_allocate_nothing()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var service = new GatedService(gate.Task);
        using var call = new EchoService.EchoServiceClient(
            new InProcessCallInvoker(new InProcessServices().Add(service), streamCapacity: 512)).Collect();
        var message = new EchoRequest();
        await call.RequestStream.WriteAsync(message);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 500; i++)
        {
            _ = call.RequestStream.WriteAsync(message);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        await call.RequestStream.CompleteAsync();
        gate.SetResult();
        var response = await call;
        Assert.Equal(501, response.Index);
        Assert.Equal(0, service.AllocatedWhileReading);
    }

    private sealed class GatedService(Task gate) : EchoService.EchoServiceBase
    {
        public long AllocatedWhileReading { get; private set; }

        public override async Task<EchoResponse> Collect(IAsyncStreamReader<EchoRequest> requestStream, ServerCallContext context)
        {
            await gate;
            var count = 0;
            var before = GC.GetAllocatedBytesForCurrentThread();
            while (requestStream.MoveNext(CancellationToken.None) is { IsCompletedSuccessfully: true, Result: true })
            {
                count++;
            }

            AllocatedWhileReading = GC.GetAllocatedBytesForCurrentThread() - before;
            return new EchoResponse { Index = count };
        }
    }
}
