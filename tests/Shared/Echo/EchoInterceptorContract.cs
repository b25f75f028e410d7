using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Atropos.Tests.Echo;

/// <summary>Where interceptors stand in calls, however these are carried.</summary>
public abstract class EchoInterceptorContract : EchoContract
{
    private readonly List<string> _seen = [];

    [Fact(Timeout = Limit)]
    public async Task Interceptors_of_every_kind_of_call_run_in_order_around_the_handler()
    {
        var client = await InterceptedAsync();

        await client.UnaryAsync(new EchoRequest());
        using (var call = client.Expand(new EchoRequest { Count = 1 }))
        {
            await call.ResponseStream.ReadAllAsync().CountAsync();
        }

        using (var call = client.Collect())
        {
            await call.RequestStream.CompleteAsync();
            await call;
        }

        using (var call = client.Chat())
        {
            await call.RequestStream.CompleteAsync();
            await call.ResponseStream.ReadAllAsync().CountAsync();
        }

        string[] order = ["client first", "client second", "server first", "server second"];
        Assert.Equal(
            new[] { "Unary", "Expand", "Collect", "Chat" }.SelectMany(method => order.Select(name => $"{name} {method}")),
            _seen);
    }

    [Fact(Timeout = Limit)]
    public async Task Function_over_metadata_adds_headers()
    {
        var client = new EchoService.EchoServiceClient(Invoker.Intercept(headers =>
        {
            headers.Add("x-echo", "added");
            return headers;
        }));

        using var call = client.UnaryAsync(new EchoRequest());

        Assert.Equal("added", (await call.ResponseHeadersAsync).GetValue("x-echo"));
    }

    [Fact(Timeout = Limit)]
    public async Task Server_interceptor_that_throws_decides_the_status()
    {
        var invoker = await StartAsync(new EchoServiceImpl(Probe), new Refusing());
        var error = await Assert.ThrowsAsync<RpcException>(
            async () => await new EchoService.EchoServiceClient(invoker).UnaryAsync(new EchoRequest()));

        Assert.Equal((StatusCode.PermissionDenied, "not today"), (error.StatusCode, error.Status.Detail));
    }

    private async Task<EchoService.EchoServiceClient> InterceptedAsync()
    {
        var invoker = await StartAsync(
            new EchoServiceImpl(Probe), new NotingInterceptor("server first", _seen), new NotingInterceptor("server second", _seen));
        return new EchoService.EchoServiceClient(
            invoker.Intercept(new NotingInterceptor("client first", _seen), new NotingInterceptor("client second", _seen)));
    }

    private sealed class Refusing : Interceptor
    {
        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
            throw new RpcException(new Status(StatusCode.PermissionDenied, "not today"));
    }
}
