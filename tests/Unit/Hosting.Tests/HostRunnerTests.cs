using System.Net;
using System.Net.Sockets;
using Atropos.Hosting.Health;
using Atropos.Tests.Echo;
using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.Extensions.DependencyInjection;

namespace Atropos.Hosting.Tests;

public sealed class HostRunnerTests : IDisposable
{
    private const int Limit = 120_000;
    private readonly StringWriter _error = new();

    public void Dispose() => _error.Dispose();

    [Fact(Timeout = Limit)]
    public async Task Host_that_is_stopped_exits_with_0_and_says_nothing()
    {
        var code = await HostRunner.RunAsync(
            () => TestHost.Build(new HostEndpoints("localhost", 0)), _error, app => app.Lifetime.StopApplication());

        Assert.Equal((0, ""), (code, _error.ToString()));
    }

    [Fact(Timeout = Limit)]
    public async Task Port_in_use_exits_with_2_and_one_line_that_names_it()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var code = await HostRunner.RunAsync(TestHost.Build(new HostEndpoints("127.0.0.1", port)), _error);

        Assert.Equal(HostRunner.BadStart, code);
        var line = Assert.Single(Lines());
        Assert.Contains($"127.0.0.1:{port}", line, StringComparison.Ordinal);
        Assert.Contains("in use", line, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task Bad_option_exits_with_2_and_one_line()
    {
        var code = await HostRunner.RunAsync(
            () => throw new BadOptionException("--config", "the file does not exist:\nservers.json"), _error);

        Assert.Equal(HostRunner.BadStart, code);
        Assert.Equal("--config: the file does not exist: servers.json", Assert.Single(Lines()));
    }

    [Fact(Timeout = Limit)]
    public async Task Any_other_failure_is_thrown()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => HostRunner.RunAsync(() => throw new InvalidOperationException("a fault of ours"), _error));

        Assert.Empty(Lines());
    }

    [Fact(Timeout = Limit)]
    public async Task Call_in_flight_ends_normally_after_the_host_was_told_to_stop()
    {
        var started = new TaskCompletionSource<Microsoft.AspNetCore.Builder.WebApplication>();
        var running = HostRunner.RunAsync(() => TestHost.Build(new HostEndpoints("127.0.0.1", 0)), _error, started.SetResult);
        var app = await started.Task;
        using var channel = GrpcChannels.Create(TestHost.Addresses(app).Single());
        using var call = new EchoService.EchoServiceClient(channel).Chat();
        await call.RequestStream.WriteAsync(new EchoRequest { Text = "before" });
        Assert.True(await call.ResponseStream.MoveNext());
        var registry = app.Services.GetRequiredService<HealthRegistry>();

        app.Lifetime.StopApplication();

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, registry.Get(""));
        await call.RequestStream.WriteAsync(new EchoRequest { Text = "after" });
        Assert.True(await call.ResponseStream.MoveNext());
        Assert.Equal("after", call.ResponseStream.Current.Text);
        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
        Assert.Equal(0, await running);
    }

    private string[] Lines() => _error.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
}
