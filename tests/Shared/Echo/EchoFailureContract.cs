using Grpc.Core;

namespace Atropos.Tests.Echo;

/// <summary>How calls fail, however they are carried.</summary>
public abstract class EchoFailureContract : EchoContract
{
    [Theory(Timeout = Limit)]
    [InlineData(StatusCode.InvalidArgument)]
    [InlineData(StatusCode.ResourceExhausted)]
    [InlineData(StatusCode.Unauthenticated)]
    public async Task Status_and_trailers_that_a_handler_throws_reach_the_caller(StatusCode code)
    {
        var call = Client.UnaryAsync(new EchoRequest { FailCode = (int)code, FailDetail = "größer als 100 %" });
        var error = await Assert.ThrowsAsync<RpcException>(async () => await call);

        Assert.Equal((code, "größer als 100 %"), (error.StatusCode, error.Status.Detail));
        Assert.Equal("asked-for", error.Trailers.GetValue("x-why"));
        Assert.Equal("/atropos.compat.v1.EchoService/Unary", error.Trailers.GetValue("x-method"));
        Assert.Equal(code, call.GetStatus().StatusCode);
    }

    [Fact(Timeout = Limit)]
    public async Task Other_exceptions_become_unknown_without_their_text()
    {
        var error = await Assert.ThrowsAsync<RpcException>(
            async () => await Client.UnaryAsync(new EchoRequest { FailCode = -1, FailDetail = "secret" }));

        Assert.Equal((StatusCode.Unknown, "Exception was thrown by handler."), (error.StatusCode, error.Status.Detail));
    }

    [Fact(Timeout = Limit)]
    public async Task Status_set_on_the_context_fails_the_call()
    {
        var error = await Assert.ThrowsAsync<RpcException>(
            async () => await Client.UnaryAsync(new EchoRequest { FailCode = 100 + (int)StatusCode.DataLoss, FailDetail = "lost" }));

        Assert.Equal((StatusCode.DataLoss, "lost"), (error.StatusCode, error.Status.Detail));
    }

    [Fact(Timeout = Limit)]
    public async Task Messages_written_before_a_failure_are_read_before_it()
    {
        using var call = Client.Expand(new EchoRequest { Count = 3, FailCode = (int)StatusCode.Aborted });
        for (var i = 0; i < 3; i++)
        {
            Assert.True(await call.ResponseStream.MoveNext());
            Assert.Equal(i, call.ResponseStream.Current.Index);
        }

        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.Aborted, error.StatusCode);
        Assert.Equal("asked-for", call.GetTrailers().GetValue("x-why"));
    }

    [Fact(Timeout = Limit)]
    public async Task Failure_in_the_middle_of_requests_ends_a_client_streaming_call()
    {
        using var call = Client.Collect();
        await call.RequestStream.WriteAsync(new EchoRequest { FailCode = (int)StatusCode.OutOfRange });

        var error = await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.Equal(StatusCode.OutOfRange, error.StatusCode);
        await Assert.ThrowsAsync<RpcException>(() => call.RequestStream.WriteAsync(new EchoRequest()));
    }

    [Fact(Timeout = Limit)]
    public async Task Unknown_method_is_unimplemented()
    {
        var known = Marshallers.StringMarshaller;
        var method = new Method<string, string>(MethodType.Unary, "atropos.compat.v1.EchoService", "Missing", known, known);

        var error = await Assert.ThrowsAsync<RpcException>(
            async () => await Invoker.AsyncUnaryCall(method, null, default, "anything"));
        Assert.Equal(StatusCode.Unimplemented, error.StatusCode);
    }

    [Fact(Timeout = Limit)]
    public async Task Deadline_that_passes_ends_the_call_on_both_sides()
    {
        var error = await Assert.ThrowsAsync<RpcException>(
            async () => await Client.UnaryAsync(new EchoRequest { Hang = true }, deadline: DateTime.UtcNow.AddMilliseconds(500)));

        Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
        await Probe.Cancelled.Task;
    }

    [Fact(Timeout = Limit)]
    public async Task Deadline_in_the_past_fails_the_call_at_once()
    {
        using var call = Client.Expand(new EchoRequest { Count = 1 }, deadline: DateTime.UtcNow.AddSeconds(-1));

        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
    }

    [Fact(Timeout = Limit)]
    public async Task Cancelling_a_unary_call_ends_it_on_both_sides()
    {
        using var source = new CancellationTokenSource();
        var call = Client.UnaryAsync(new EchoRequest { Hang = true }, cancellationToken: source.Token);
        await Probe.Hanging.Task;

        await source.CancelAsync();

        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(async () => await call)).StatusCode);
        await Probe.Cancelled.Task;
    }

    [Fact(Timeout = Limit)]
    public async Task Cancelling_a_read_ends_the_call_on_both_sides()
    {
        using var source = new CancellationTokenSource();
        using var call = Client.Expand(new EchoRequest { Count = 1, Hang = true });
        Assert.True(await call.ResponseStream.MoveNext(source.Token));
        var read = call.ResponseStream.MoveNext(source.Token);
        await Probe.Hanging.Task;

        await source.CancelAsync();

        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => read)).StatusCode);
        await Probe.Cancelled.Task;
    }

    [Fact(Timeout = Limit)]
    public async Task Disposing_a_call_ends_it_on_the_server()
    {
        var call = Client.Chat();
        await call.RequestStream.WriteAsync(new EchoRequest { Hang = true });
        await Probe.Hanging.Task;

        call.Dispose();

        await Probe.Cancelled.Task;
        Assert.Equal(StatusCode.Cancelled, call.GetStatus().StatusCode);
    }

    [Fact(Timeout = Limit)]
    public async Task Call_with_a_cancelled_token_is_cancelled()
    {
        var error = await Assert.ThrowsAsync<RpcException>(
            async () => await Client.UnaryAsync(new EchoRequest(), cancellationToken: new CancellationToken(canceled: true)));

        Assert.Equal(StatusCode.Cancelled, error.StatusCode);
    }

    [Fact(Timeout = Limit)]
    public async Task Write_after_the_end_of_the_requests_is_refused()
    {
        using var call = Client.Collect();
        await call.RequestStream.CompleteAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => call.RequestStream.WriteAsync(new EchoRequest()));
        await call;
    }
}
