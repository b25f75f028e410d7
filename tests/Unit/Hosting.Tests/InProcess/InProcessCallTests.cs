using Atropos.Hosting.InProcess;
using Atropos.Tests.Echo;
using Grpc.Core;

namespace Atropos.Hosting.Tests.InProcess;

public sealed class InProcessCallTests
{
    private const int Limit = 60_000;

    [Fact(Timeout = Limit)]
    public async Task Messages_are_passed_by_reference()
    {
        var service = new KeepingService();
        var request = new EchoRequest();

        var response = await Client(service).UnaryAsync(request);

        Assert.Same(request, service.LastRequest);
        Assert.Same(service.LastResponse, response);
    }

    [Fact(Timeout = Limit)]
    public async Task Request_headers_changed_after_the_call_began_do_not_change_it()
    {
        var service = new KeepingService();
        var headers = new Metadata { { "x-a", "before" } };
        using var call = Client(service).UnaryAsync(new EchoRequest(), headers);
        headers.Clear();

        await call;

        Assert.Equal("before", service.LastHeaders!.GetValue("x-a"));
    }

    [Theory(Timeout = Limit)]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Write_waits_where_the_reader_is_behind_by_the_capacity(int capacity)
    {
        var service = new HeldReadingService();
        using var call = Client(service, capacity).Collect();
        for (var i = 0; i < capacity; i++)
        {
            Assert.True(call.RequestStream.WriteAsync(new EchoRequest { Text = $"{i}" }).IsCompletedSuccessfully);
        }

        var waiting = call.RequestStream.WriteAsync(new EchoRequest { Text = "last" });
        Assert.False(waiting.IsCompleted);
        await Assert.ThrowsAsync<InvalidOperationException>(() => call.RequestStream.WriteAsync(new EchoRequest()));

        service.Read.SetResult();
        await waiting;
        await call.RequestStream.CompleteAsync();
        Assert.Equal(string.Concat(Enumerable.Range(0, capacity)) + "last", (await call).Text);
    }

    [Fact(Timeout = Limit)]
    public async Task Handler_that_waits_for_a_reader_ends_when_the_call_is_disposed()
    {
        var probe = new EchoProbe();
        var service = new FloodingService(probe);
        var call = Client(service).Expand(new EchoRequest());
        Assert.True(await call.ResponseStream.MoveNext());

        call.Dispose();

        await probe.Cancelled.Task;
    }

    [Fact(Timeout = Limit)]
    public async Task Two_reads_at_once_are_refused()
    {
        using var call = Client(new EchoServiceImpl(new EchoProbe())).Chat();
        var first = call.ResponseStream.MoveNext();

        await Assert.ThrowsAsync<InvalidOperationException>(() => call.ResponseStream.MoveNext());
        await call.RequestStream.CompleteAsync();
        Assert.False(await first);
    }

    [Fact(Timeout = Limit)]
    public async Task Handler_that_returns_null_cancels_the_call()
    {
        var error = await Assert.ThrowsAsync<RpcException>(async () => await Client(new NullService()).UnaryAsync(new EchoRequest()));

        Assert.Equal(StatusCode.Cancelled, error.StatusCode);
    }

    [Fact(Timeout = Limit)]
    public async Task Many_calls_at_once_all_end()
    {
        var client = Client(new EchoServiceImpl(new EchoProbe()));

        var responses = await Task.WhenAll(
            Enumerable.Range(0, 2_000).Select(i => client.UnaryAsync(new EchoRequest { Text = $"{i}" }).ResponseAsync));

        Assert.Equal(Enumerable.Range(0, 2_000).Select(i => $"{i}"), responses.Select(r => r.Text));
    }

    [Fact]
    public void Call_credentials_are_refused()
    {
        var options = new CallOptions(credentials: CallCredentials.FromInterceptor((_, _) => Task.CompletedTask));

        Assert.Throws<NotSupportedException>(() => Client(new NullService()).UnaryAsync(new EchoRequest(), options));
    }

    [Fact]
    public void Service_can_be_added_once_only_and_has_to_be_a_generated_one()
    {
        var services = new InProcessServices().Add(new NullService());

        Assert.Throws<ArgumentException>(() => services.Add(new NullService()));
        Assert.Throws<ArgumentException>(() => services.Add(new object()));
        Assert.Equal(4, services.Methods.Count);
    }

    [Fact(Timeout = Limit)]
    public async Task Service_can_be_added_through_its_bind_method()
    {
        var services = new InProcessServices().Add<EchoService.EchoServiceBase>(new KeepingService(), EchoService.BindService);

        Assert.NotNull(await new EchoService.EchoServiceClient(new InProcessCallInvoker(services)).UnaryAsync(new EchoRequest()));
    }

    private static EchoService.EchoServiceClient Client(EchoService.EchoServiceBase service, int capacity = 2) =>
        new(new InProcessCallInvoker(new InProcessServices().Add(service), streamCapacity: capacity));

    private sealed class KeepingService : EchoService.EchoServiceBase
    {
        public EchoRequest? LastRequest { get; private set; }

        public Metadata? LastHeaders { get; private set; }

        public EchoResponse LastResponse { get; } = new();

        public override Task<EchoResponse> Unary(EchoRequest request, ServerCallContext context)
        {
            (LastRequest, LastHeaders) = (request, context.RequestHeaders);
            return Task.FromResult(LastResponse);
        }
    }

    private sealed class NullService : EchoService.EchoServiceBase
    {
        public override Task<EchoResponse> Unary(EchoRequest request, ServerCallContext context) => Task.FromResult<EchoResponse>(null!);
    }

    private sealed class HeldReadingService : EchoService.EchoServiceBase
    {
        public TaskCompletionSource Read { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override async Task<EchoResponse> Collect(IAsyncStreamReader<EchoRequest> requestStream, ServerCallContext context)
        {
            await Read.Task;
            return new EchoResponse { Text = string.Concat(await requestStream.ReadAllAsync().Select(r => r.Text).ToListAsync()) };
        }
    }

    private sealed class FloodingService(EchoProbe probe) : EchoService.EchoServiceBase
    {
        public override async Task Expand(EchoRequest request, IServerStreamWriter<EchoResponse> responseStream, ServerCallContext context)
        {
            try
            {
                while (true)
                {
                    await responseStream.WriteAsync(new EchoResponse());
                }
            }
            catch (OperationCanceledException)
            {
                probe.Cancelled.SetResult();
                throw;
            }
        }
    }
}
