using System.IO.Compression;
using Atropos.Tests.Echo;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Compression;

namespace Atropos.Compat.Tests.Foreign;

/// <summary>What our client asks of a server in another language.</summary>
internal static class ForeignServerChecks
{
    public static async Task RunAsync(int port)
    {
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{port}", new GrpcChannelOptions
        {
            MaxReceiveMessageSize = null,
            CompressionProviders = [new GzipCompressionProvider(CompressionLevel.Fastest)],
        });
        var client = new EchoService.EchoServiceClient(channel);
        await MetadataAsync(client);
        await StreamsAsync(client);
        await SizesAsync(client);
        await FailuresAsync(client);
    }

    private static async Task MetadataAsync(EchoService.EchoServiceClient client)
    {
        byte[] bytes = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        using var call = client.UnaryAsync(
            new EchoRequest { Text = "héllo", Payload = ByteString.CopyFrom(bytes) },
            new Metadata { { "x-echo", "ping" }, { "x-echo-bin", bytes } });

        var response = await call;
        Assert.Equal("héllo", response.Text);
        Assert.Equal(bytes, response.Payload.ToByteArray());
        Assert.Equal("ping", (await call.ResponseHeadersAsync).GetValue("x-echo"));
        Assert.Equal(bytes, call.GetTrailers().GetValueBytes("x-echo-bin"));
        Assert.NotNull(call.GetTrailers().GetValue("x-served-by"));
    }

    private static async Task StreamsAsync(EchoService.EchoServiceClient client)
    {
        using var collect = client.Collect();
        using var chat = client.Chat();
        for (var i = 0; i < 50; i++)
        {
            await collect.RequestStream.WriteAsync(new EchoRequest { Text = $"{i}" });
            await chat.RequestStream.WriteAsync(new EchoRequest { Text = $"{i}" });
            Assert.True(await chat.ResponseStream.MoveNext());
            Assert.Equal((i, $"{i}"), (chat.ResponseStream.Current.Index, chat.ResponseStream.Current.Text));
        }

        await collect.RequestStream.CompleteAsync();
        Assert.Equal(string.Join(',', Enumerable.Range(0, 50)), (await collect).Text);
        await chat.RequestStream.CompleteAsync();
        Assert.False(await chat.ResponseStream.MoveNext());

        using var expand = client.Expand(new EchoRequest { Count = 200 });
        Assert.Equal(Enumerable.Range(0, 200), await expand.ResponseStream.ReadAllAsync().Select(r => r.Index).ToListAsync());
    }

    private static async Task SizesAsync(EchoService.EchoServiceClient client)
    {
        var payload = ByteString.CopyFrom(new byte[5_000_000]);
        Assert.Equal(payload, (await client.UnaryAsync(new EchoRequest { Payload = payload })).Payload);

        var zipped = new Metadata { { "grpc-internal-encoding-request", "gzip" } };
        var text = new string('a', 100_000);
        Assert.Equal(text, (await client.UnaryAsync(new EchoRequest { Text = text }, zipped)).Text);
    }

    private static async Task FailuresAsync(EchoService.EchoServiceClient client)
    {
        var error = await Assert.ThrowsAsync<RpcException>(async () => await client.UnaryAsync(
            new EchoRequest { FailCode = (int)StatusCode.FailedPrecondition, FailDetail = "größer als 100 %" }));
        Assert.Equal((StatusCode.FailedPrecondition, "größer als 100 %"), (error.StatusCode, error.Status.Detail));
        Assert.Equal("asked-for", error.Trailers.GetValue("x-why"));

        using var failing = client.Expand(new EchoRequest { Count = 3, FailCode = (int)StatusCode.Aborted });
        error = await Assert.ThrowsAsync<RpcException>(async () => await failing.ResponseStream.ReadAllAsync().CountAsync());
        Assert.Equal(StatusCode.Aborted, error.StatusCode);

        error = await Assert.ThrowsAsync<RpcException>(
            async () => await client.UnaryAsync(new EchoRequest { Hang = true }, deadline: DateTime.UtcNow.AddMilliseconds(500)));
        Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);

        using var source = new CancellationTokenSource();
        using var hanging = client.Expand(new EchoRequest { Count = 1, Hang = true }, cancellationToken: source.Token);
        Assert.True(await hanging.ResponseStream.MoveNext());
        await source.CancelAsync();
        error = await Assert.ThrowsAsync<RpcException>(() => hanging.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.Cancelled, error.StatusCode);
    }
}
