using Atropos.Tokenizer.V1;
using Grpc.Core;

namespace Atropos.TokenizerService.Tests.Grpc;

/// <summary>What a stop of the host does to streams.</summary>
public sealed class StopTests
{
    [Fact]
    public async Task A_stream_with_nothing_under_way_ends_at_once_as_unavailable()
    {
        await using var host = await TokenizerHost.StartAsync();
        using var call = host.Client.Exchange();
        await AskAsync(call, new ExchangeRequest { CorrelationId = 1, Encode = new EncodeRequest { Text = "a" } });

        host.BeginToStop();
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(CancellationToken.None));
        await host.StopAsync();

        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
        Assert.Contains("stopping", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_with_an_output_under_way_goes_on_until_that_is_closed_and_opens_no_other()
    {
        await using var host = await TokenizerHost.StartAsync();
        using var call = host.Client.Exchange();
        await AskAsync(call, new ExchangeRequest { CorrelationId = 1, OpenOutput = new OpenOutput() });

        host.BeginToStop();
        var encoded = await AskAsync(call, new ExchangeRequest { CorrelationId = 2, Encode = new EncodeRequest { Text = "a" } });
        var opened = await AskAsync(call, new ExchangeRequest { CorrelationId = 3, OpenOutput = new OpenOutput() });
        var last = await AskAsync(call, new ExchangeRequest { CorrelationId = 1, FeedOutput = new FeedOutput { TokenIds = { encoded.Encode.TokenIds }, Last = true } });
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(CancellationToken.None));
        await host.StopAsync();

        Assert.Equal((int)StatusCode.Unavailable, opened.Error.Code);
        Assert.Equal("a", Assert.Single(last.Output.Deltas).Content);
        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
    }

    [Fact]
    public async Task A_stream_whose_output_is_not_closed_ends_after_the_time_of_grace()
    {
        await using var host = await TokenizerHost.StartAsync(new TokenizerServiceOptions { StopGrace = TimeSpan.Zero });
        using var call = host.Client.Exchange();
        await AskAsync(call, new ExchangeRequest { CorrelationId = 1, OpenOutput = new OpenOutput() });

        host.BeginToStop();
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(CancellationToken.None));
        await host.StopAsync();

        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
    }

    private static async Task<ExchangeResponse> AskAsync(
        AsyncDuplexStreamingCall<ExchangeRequest, ExchangeResponse> call, ExchangeRequest request)
    {
        await call.RequestStream.WriteAsync(request);
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        return call.ResponseStream.Current;
    }
}
