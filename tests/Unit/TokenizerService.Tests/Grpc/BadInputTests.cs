using Atropos.Hosting;
using Atropos.Tokenizer.V1;
using Grpc.Core;
using Grpc.Net.Client;
using static Atropos.TokenizerService.Tests.TokenizerFixture;
using Client = Atropos.Tokenizer.V1.TokenizerService.TokenizerServiceClient;

namespace Atropos.TokenizerService.Tests.Grpc;

/// <summary>What is too large or makes no sense gets a clear answer, and harms nobody else.</summary>
public sealed class BadInputTests : IAsyncLifetime
{
    private TokenizerHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await TokenizerHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public void A_lone_surrogate_is_encoded_as_the_replacement_character()
    {
        Assert.Equal(Calls.Encode(new EncodeRequest { Text = "a\uFFFDb" }), Calls.Encode(new EncodeRequest { Text = "a\uD800b" }));
    }

    [Fact]
    public async Task A_lone_surrogate_on_the_wire_is_the_replacement_character_too()
    {
        var answer = await _host.Client.EncodeAsync(new EncodeRequest { Text = "a\uDC00b" });

        Assert.Equal(Calls.Encode(new EncodeRequest { Text = "a\uFFFDb" }), answer);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public async Task A_negative_id_is_refused_by_its_place(int id)
    {
        var decoded = await Assert.ThrowsAsync<RpcException>(async () => await _host.Client.DecodeAsync(new DecodeRequest { TokenIds = { 5, id } }));
        var batch = await Assert.ThrowsAsync<RpcException>(async () => await _host.Client.DecodeBatchAsync(
            new DecodeBatchRequest { Sequences = { new TokenIdList(), new TokenIdList { Ids = { id } } } }));

        Assert.Equal((StatusCode.InvalidArgument, StatusCode.InvalidArgument), (decoded.StatusCode, batch.StatusCode));
        Assert.Contains("token_ids[1]", decoded.Status.Detail, StringComparison.Ordinal);
        Assert.Contains("sequences[1].ids[0]", batch.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ids_beyond_the_vocabulary_are_no_text()
    {
        var answer = await _host.Client.DecodeAsync(new DecodeRequest { TokenIds = { int.MaxValue, TokenizerFixture.Tokenizer.VocabularySize } });

        Assert.Equal("", answer.Text);
    }

    [Fact]
    public async Task Pairs_that_are_not_one_for_each_text_are_refused()
    {
        var request = new EncodeBatchRequest { Texts = { "a", "b" }, Pairs = { "c" } };

        var error = await Assert.ThrowsAsync<RpcException>(async () => await _host.Client.EncodeBatchAsync(request));

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Contains("pairs", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_million_ids_are_decoded()
    {
        var id = TokenizerFixture.Tokenizer.Encode("a", addSpecialTokens: false)[0];

        var answer = await _host.Client.DecodeAsync(new DecodeRequest { TokenIds = { Enumerable.Repeat(id, 10_000_000) } });

        Assert.Equal(10_000_000, answer.Text.Length);
        Assert.Equal(-1, answer.Text.AsSpan().IndexOfAnyExcept('a'));
    }

    [Fact]
    public async Task An_answer_that_would_be_too_long_is_an_error_that_names_the_limit_and_the_stream_goes_on()
    {
        var ids = Enumerable.Repeat(Id("<|im_end|>"), 8_000_000);
        using var call = _host.Client.Exchange();

        await call.RequestStream.WriteAsync(new ExchangeRequest { CorrelationId = 1, Decode = new DecodeRequest { TokenIds = { ids } } });
        await call.ResponseStream.MoveNext(CancellationToken.None);
        var tooLong = call.ResponseStream.Current;
        await call.RequestStream.WriteAsync(new ExchangeRequest { CorrelationId = 2, Encode = new EncodeRequest { Text = "a" } });
        await call.ResponseStream.MoveNext(CancellationToken.None);

        Assert.Equal((int)StatusCode.ResourceExhausted, tooLong.Error.Code);
        Assert.Contains($"{GrpcLimits.MaxMessageBytes}", tooLong.Error.Message, StringComparison.Ordinal);
        Assert.Equal(ExchangeResponse.ResultOneofCase.Encode, call.ResponseStream.Current.ResultCase);
    }

    [Fact]
    public async Task A_text_that_is_too_long_is_an_error_that_names_the_limit()
    {
        // A client with other limits than the house's.
        using var channel = GrpcChannel.ForAddress(_host.Address, new GrpcChannelOptions { MaxSendMessageSize = null });
        var client = new Client(channel);
        var text = new string('a', 100_000_000);

        var alone = await Assert.ThrowsAsync<RpcException>(async () => await client.EncodeAsync(new EncodeRequest { Text = text }));
        using var call = client.Exchange();
        var write = call.RequestStream.WriteAsync(new ExchangeRequest { CorrelationId = 1, Encode = new EncodeRequest { Text = text } });
        var streamed = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(CancellationToken.None));

        // Whether the write ends before the answer comes is up to the network.
        await write.ContinueWith(static ended => ended.Exception, TaskScheduler.Default);
        Assert.Equal((StatusCode.ResourceExhausted, StatusCode.ResourceExhausted), (alone.StatusCode, streamed.StatusCode));
        Assert.Contains($"{GrpcLimits.MaxMessageBytes}", streamed.Status.Detail, StringComparison.Ordinal);
        Assert.Contains($"{GrpcLimits.MaxMessageBytes}", alone.Status.Detail, StringComparison.Ordinal);
    }
}
