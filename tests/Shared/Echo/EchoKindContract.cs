using Google.Protobuf;
using Grpc.Core;

namespace Atropos.Tests.Echo;

/// <summary>What calls of each kind carry, however they are carried.</summary>
public abstract class EchoKindContract : EchoContract
{
    [Fact(Timeout = Limit)]
    public async Task Unary_gives_the_response()
    {
        var response = await Client.UnaryAsync(new EchoRequest { Text = "héllo", Payload = ByteString.CopyFrom(0, 1, 255) });

        Assert.Equal("héllo", response.Text);
        Assert.Equal([0, 1, 255], response.Payload.ToByteArray());
    }

    [Fact(Timeout = Limit)]
    public async Task Blocking_unary_gives_the_response()
    {
        var response = await Task.Run(() => Client.Unary(new EchoRequest { Text = "blocking" }));

        Assert.Equal("blocking", response.Text);
    }

    [Fact(Timeout = Limit)]
    public async Task Client_streaming_gives_one_response_for_all_requests()
    {
        using var call = Client.Collect();
        for (var i = 0; i < 100; i++)
        {
            await call.RequestStream.WriteAsync(new EchoRequest { Text = $"{i}" });
        }

        await call.RequestStream.CompleteAsync();
        var response = await call;

        Assert.Equal(string.Join(',', Enumerable.Range(0, 100)), response.Text);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact(Timeout = Limit)]
    public async Task Server_streaming_gives_all_responses_in_order()
    {
        using var call = Client.Expand(new EchoRequest { Text = "x", Count = 500 });
        var indexes = await call.ResponseStream.ReadAllAsync().Select(r => r.Index).ToListAsync();

        Assert.Equal(Enumerable.Range(0, 500), indexes);
        Assert.Equal("/atropos.compat.v1.EchoService/Expand", call.GetTrailers().GetValue("x-method"));
    }

    [Fact(Timeout = Limit)]
    public async Task Duplex_streaming_answers_while_requests_go_on()
    {
        using var call = Client.Chat();
        for (var i = 0; i < 50; i++)
        {
            await call.RequestStream.WriteAsync(new EchoRequest { Text = $"{i}" });
            Assert.True(await call.ResponseStream.MoveNext());
            Assert.Equal((i, $"{i}"), (call.ResponseStream.Current.Index, call.ResponseStream.Current.Text));
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact(Timeout = Limit)]
    public async Task Duplex_streaming_reads_and_writes_at_once()
    {
        using var call = Client.Chat();
        var reading = call.ResponseStream.ReadAllAsync().CountAsync();
        for (var i = 0; i < 2_000; i++)
        {
            await call.RequestStream.WriteAsync(new EchoRequest { Text = "many" });
        }

        await call.RequestStream.CompleteAsync();
        Assert.Equal(2_000, await reading);
    }

    [Fact(Timeout = Limit)]
    public async Task Headers_and_trailers_come_back_text_and_binary()
    {
        byte[] bytes = [0, 10, 13, 128, 255];
        using var call = Client.UnaryAsync(new EchoRequest(), new Metadata { { "X-Echo", "ping" }, { "x-echo-bin", bytes } });

        var headers = await call.ResponseHeadersAsync;
        await call;

        Assert.Equal("ping", headers.GetValue("x-echo"));
        Assert.Equal(bytes, call.GetTrailers().GetValueBytes("x-echo-bin"));
        Assert.Equal("/atropos.compat.v1.EchoService/Unary", call.GetTrailers().GetValue("x-method"));
    }

    [Fact(Timeout = Limit)]
    public async Task Headers_come_before_the_first_message()
    {
        using var call = Client.Chat(new Metadata { { "x-echo", "early" } });

        Assert.Equal("early", (await call.ResponseHeadersAsync).GetValue("x-echo"));
    }

    [Fact(Timeout = Limit)]
    public async Task Status_and_trailers_before_the_end_are_refused()
    {
        using var call = Client.UnaryAsync(new EchoRequest { Hang = true });
        await Probe.Hanging.Task;

        Assert.Throws<InvalidOperationException>(() => call.GetStatus());
        Assert.Throws<InvalidOperationException>(() => call.GetTrailers());
    }

    [Fact(Timeout = Limit)]
    public async Task Large_messages_arrive_whole()
    {
        var payload = new byte[20_000_000];
        new Random(1).NextBytes(payload);

        var response = await Client.UnaryAsync(new EchoRequest { Payload = UnsafeByteOperations.UnsafeWrap(payload) });

        Assert.True(response.Payload.Span.SequenceEqual(payload));
    }
}
