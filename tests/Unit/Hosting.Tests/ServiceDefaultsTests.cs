using Atropos.Hosting.Errors;
using Atropos.Tests.Echo;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection.V1;

namespace Atropos.Hosting.Tests;

public sealed class ServiceDefaultsTests
{
    private const int Limit = 120_000;

    [Fact(Timeout = Limit)]
    public async Task Grpc_and_http_are_served_on_a_port_each()
    {
        await using var app = await TestHost.StartAsync();
        var addresses = TestHost.Addresses(app);
        using var channel = GrpcChannels.Create(addresses[0]);
        using var http = new HttpClient();

        Assert.Equal("x", (await new EchoService.EchoServiceClient(channel).UnaryAsync(new EchoRequest { Text = "x" })).Text);
        Assert.Equal("hello", await http.GetStringAsync(new Uri(addresses[1] + "/hello")));
    }

    [Fact(Timeout = Limit)]
    public async Task Every_mapped_service_is_healthy_and_reflected()
    {
        await using var app = await TestHost.StartAsync();
        using var channel = GrpcChannels.Create(TestHost.Addresses(app)[0]);
        var health = new Grpc.Health.V1.Health.HealthClient(channel);
        using var call = new ServerReflection.ServerReflectionClient(channel).ServerReflectionInfo();
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "*" });
        Assert.True(await call.ResponseStream.MoveNext());
        var names = call.ResponseStream.Current.ListServicesResponse.Service.Select(s => s.Name).ToList();

        Assert.Equal(["atropos.compat.v1.EchoService", "grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection"], names);
        foreach (var name in names.Append(""))
        {
            var status = (await health.CheckAsync(new HealthCheckRequest { Service = name })).Status;
            Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, status);
        }
    }

    [Fact(Timeout = Limit)]
    public async Task Messages_go_up_to_the_limit_and_not_beyond()
    {
        await using var app = await TestHost.StartAsync();
        using var channel = GrpcChannels.Create(TestHost.Addresses(app)[0]);
        var client = new EchoService.EchoServiceClient(channel);
        var large = UnsafeByteOperations.UnsafeWrap(new byte[GrpcLimits.MaxMessageBytes - 64]);
        var tooLarge = UnsafeByteOperations.UnsafeWrap(new byte[GrpcLimits.MaxMessageBytes + 1]);

        Assert.Equal(large.Length, (await client.UnaryAsync(new EchoRequest { Payload = large })).Payload.Length);
        var error = await Assert.ThrowsAsync<RpcException>(async () => await client.UnaryAsync(new EchoRequest { Payload = tooLarge }));
        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
    }

    [Fact(Timeout = Limit)]
    public async Task Stream_may_carry_more_than_one_message_may()
    {
        await using var app = await TestHost.StartAsync();
        using var channel = GrpcChannels.Create(TestHost.Addresses(app)[0]);
        using var call = new EchoService.EchoServiceClient(channel).Collect();
        var request = new EchoRequest { Payload = UnsafeByteOperations.UnsafeWrap(new byte[10_000_000]) };
        for (var i = 0; i < 8; i++)
        {
            await call.RequestStream.WriteAsync(request);
        }

        await call.RequestStream.CompleteAsync();
        Assert.Equal(8, (await call).Index);
    }

    [Fact(Timeout = Limit)]
    public async Task Failures_of_a_handler_go_through_the_error_funnel()
    {
        await using var app = await TestHost.StartAsync();
        using var channel = GrpcChannels.Create(TestHost.Addresses(app)[0]);

        var error = await Assert.ThrowsAsync<RpcException>(
            async () => await new EchoService.EchoServiceClient(channel).UnaryAsync(new EchoRequest { FailCode = -1, FailDetail = "secret" }));

        Assert.Equal((StatusCode.Internal, "INTERNAL"), (error.StatusCode, ErrorTrailers.ReadReason(error)));
    }

    [Theory]
    [InlineData("127.0.0.1", null, null)]
    [InlineData("127.0.0.1", 70000, null)]
    [InlineData("127.0.0.1", 9000, 9000)]
    [InlineData("no-such-host", 0, null)]
    public void Endpoints_that_make_no_sense_are_refused(string host, int? grpcPort, int? httpPort)
    {
        Assert.Throws<BadOptionException>(() => TestHost.Build(new HostEndpoints(host, grpcPort, httpPort)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ftp://host:1")]
    [InlineData("http://")]
    public void Channel_to_no_address_is_refused_by_the_name_of_its_setting(string address)
    {
        var error = Assert.Throws<BadOptionException>(() => GrpcChannels.Create(address, "--tokenizer"));

        Assert.Equal("--tokenizer", error.Option);
        Assert.StartsWith("--tokenizer: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Channel_to_host_and_port_is_plain_text()
    {
        using var channel = GrpcChannels.Create("localhost:9101");

        Assert.Equal("localhost:9101", channel.Target);
    }
}
