using Atropos.Hosting.Health;
using Atropos.Hosting.InProcess;
using Grpc.Core;
using Grpc.Health.V1;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Atropos.Hosting.Tests.Health;

public sealed class HealthServiceTests
{
    private readonly HealthRegistry _registry = new();
    private readonly Grpc.Health.V1.Health.HealthClient _client;

    public HealthServiceTests()
    {
        _client = new Grpc.Health.V1.Health.HealthClient(
            new InProcessCallInvoker(new InProcessServices().Add(new HealthService(_registry))));
    }

    [Fact]
    public async Task Check_known_service_gives_its_status()
    {
        _registry.Set("", ServingStatus.Serving);
        _registry.Set("a.B", ServingStatus.NotServing);

        Assert.Equal(ServingStatus.Serving, (await _client.CheckAsync(new HealthCheckRequest())).Status);
        Assert.Equal(ServingStatus.NotServing, (await _client.CheckAsync(new HealthCheckRequest { Service = "a.B" })).Status);
    }

    [Fact]
    public async Task Check_unknown_service_is_not_found()
    {
        var error = await Assert.ThrowsAsync<RpcException>(
            async () => await _client.CheckAsync(new HealthCheckRequest { Service = "no.Such" }));

        Assert.Equal(StatusCode.NotFound, error.StatusCode);
    }

    [Fact]
    public void TryAdd_leaves_a_status_that_was_set_before()
    {
        _registry.Set("a.B", ServingStatus.NotServing);
        _registry.TryAdd("a.B");
        _registry.TryAdd("c.D");

        Assert.Equal(ServingStatus.NotServing, _registry.Get("a.B"));
        Assert.Equal(ServingStatus.Serving, _registry.Get("c.D"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Watch_gives_the_status_now_and_each_change()
    {
        using var call = _client.Watch(new HealthCheckRequest { Service = "a.B" });
        await AssertNextAsync(call, ServingStatus.ServiceUnknown);

        _registry.Set("a.B", ServingStatus.Serving);
        await AssertNextAsync(call, ServingStatus.Serving);
        _registry.Set("a.B", ServingStatus.Serving);
        _registry.Set("other", ServingStatus.NotServing);
        _registry.Set("a.B", ServingStatus.NotServing);
        await AssertNextAsync(call, ServingStatus.NotServing);
    }

    [Fact(Timeout = 60_000)]
    public async Task Shutdown_ends_watching_after_not_serving_and_nothing_serves_again()
    {
        _registry.Set("", ServingStatus.Serving);
        using var call = _client.Watch(new HealthCheckRequest());
        await AssertNextAsync(call, ServingStatus.Serving);

        _registry.Shutdown();
        _registry.Set("", ServingStatus.Serving);

        await AssertNextAsync(call, ServingStatus.NotServing);
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
        Assert.Equal(ServingStatus.NotServing, _registry.Get(""));
    }

    private static async Task AssertNextAsync(AsyncServerStreamingCall<HealthCheckResponse> call, ServingStatus status)
    {
        Assert.True(await call.ResponseStream.MoveNext());
        Assert.Equal(status, call.ResponseStream.Current.Status);
    }
}
