using Atropos.Tokenizer.V1;
using Grpc.Core;
using static Atropos.TokenizerService.Tests.TokenizerFixture;

namespace Atropos.TokenizerService.Tests.Grpc;

/// <summary>The stream over a socket.</summary>
public sealed class StreamTests : IAsyncLifetime
{
    private TokenizerHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await TokenizerHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Every_call_can_be_made_on_the_stream_with_the_answer_of_its_method()
    {
        using var call = _host.Client.Exchange();
        var encode = new EncodeRequest { Text = "one two" };
        var encodeBatch = new EncodeBatchRequest { Texts = { "one", "two" } };
        var decode = new DecodeRequest { TokenIds = { TokenizerFixture.Tokenizer.Encode("one", addSpecialTokens: false) } };
        var decodeBatch = new DecodeBatchRequest { Sequences = { new TokenIdList { Ids = { decode.TokenIds } }, new TokenIdList() } };
        var render = Render(Message("user", "Hi"));

        Assert.Equal(await _host.Client.EncodeAsync(encode), (await AskAsync(call, new() { Encode = encode })).Encode);
        Assert.Equal(await _host.Client.EncodeBatchAsync(encodeBatch), (await AskAsync(call, new() { EncodeBatch = encodeBatch })).EncodeBatch);
        Assert.Equal(await _host.Client.DecodeAsync(decode), (await AskAsync(call, new() { Decode = decode })).Decode);
        Assert.Equal(await _host.Client.DecodeBatchAsync(decodeBatch), (await AskAsync(call, new() { DecodeBatch = decodeBatch })).DecodeBatch);
        Assert.Equal(await _host.Client.RenderChatAsync(render), (await AskAsync(call, new() { RenderChat = render })).RenderChat);
        Assert.Equal(
            await _host.Client.GetTokenizerAsync(new GetTokenizerRequest()),
            (await AskAsync(call, new() { GetTokenizer = new GetTokenizerRequest() })).GetTokenizer);
        Assert.Equal(
            await _host.Client.GetVocabularyAsync(new GetVocabularyRequest()),
            (await AskAsync(call, new() { GetVocabulary = new GetVocabularyRequest() })).GetVocabulary);
        Assert.Equal(
            await _host.Client.ListTokenizersAsync(new ListTokenizersRequest()),
            (await AskAsync(call, new() { ListTokenizers = new ListTokenizersRequest() })).ListTokenizers);
    }

    [Fact]
    public async Task A_batch_answers_each_text_in_order()
    {
        string[] texts = ["one", "", "two three", "one"];

        var encoded = await _host.Client.EncodeBatchAsync(new EncodeBatchRequest { Texts = { texts } });
        var request = new DecodeBatchRequest();
        request.Sequences.AddRange(encoded.Encodings.Select(encoding => new TokenIdList { Ids = { encoding.TokenIds } }));
        var decoded = await _host.Client.DecodeBatchAsync(request);

        Assert.Equal(texts, decoded.Texts);
    }

    [Fact]
    public async Task A_long_call_does_not_hold_up_short_ones()
    {
        using var call = _host.Client.Exchange();
        var longText = string.Concat(Enumerable.Repeat("some words to encode, ", 200_000));

        await call.RequestStream.WriteAsync(new ExchangeRequest { CorrelationId = 1, Encode = new EncodeRequest { Text = longText } });
        await call.RequestStream.WriteAsync(new ExchangeRequest { CorrelationId = 2, Encode = new EncodeRequest { Text = "short" } });
        var first = await ReadAsync(call);
        var second = await ReadAsync(call);

        Assert.Equal((2ul, 1ul), (first.CorrelationId, second.CorrelationId));
        Assert.True(second.Encode.TokenIds.Count > 100_000);
    }

    [Fact]
    public async Task Feeds_of_an_output_stream_are_answered_in_order_however_long_they_are()
    {
        using var call = _host.Client.Exchange();
        var words = Enumerable.Range(0, 30).Select(i => i % 3 == 0 ? string.Concat(Enumerable.Repeat($"long{i} ", 3000)) : $"short{i} ").ToArray();

        await call.RequestStream.WriteAsync(new ExchangeRequest { CorrelationId = 5, OpenOutput = new OpenOutput() });
        foreach (var text in words)
        {
            var feed = new FeedOutput { TokenIds = { TokenizerFixture.Tokenizer.Encode(text, addSpecialTokens: false) } };
            await call.RequestStream.WriteAsync(new ExchangeRequest { CorrelationId = 5, FeedOutput = feed });
        }

        await call.RequestStream.WriteAsync(new ExchangeRequest { CorrelationId = 5, FeedOutput = new FeedOutput { Last = true } });
        await call.RequestStream.CompleteAsync();
        var content = new List<string>();
        while (await call.ResponseStream.MoveNext(CancellationToken.None))
        {
            content.AddRange(call.ResponseStream.Current.Output.Deltas.Select(delta => delta.Content));
        }

        Assert.Equal(string.Concat(words), string.Concat(content));
    }

    [Fact]
    public async Task A_closed_output_stream_takes_no_more_ids()
    {
        using var call = _host.Client.Exchange();
        await AskAsync(call, new ExchangeRequest { CorrelationId = 5, OpenOutput = new OpenOutput() });

        await call.RequestStream.WriteAsync(new ExchangeRequest { CorrelationId = 5, CloseOutput = new CloseOutput() });
        var fed = await AskAsync(call, new ExchangeRequest { CorrelationId = 5, FeedOutput = new FeedOutput { TokenIds = { 1 } } });

        Assert.Equal((int)StatusCode.InvalidArgument, fed.Error.Code);
    }

    [Fact]
    public async Task A_client_that_reads_late_gets_every_answer()
    {
        using var call = _host.Client.Exchange();
        var reading = new TaskCompletionSource();
        var answers = Task.Run(async () =>
        {
            await reading.Task;
            var count = 0;
            while (await call.ResponseStream.MoveNext(CancellationToken.None))
            {
                count++;
            }

            return count;
        });

        // Some of them wait in buffers, the others in the writer, until the reading begins.
        var writing = Task.Run(async () =>
        {
            for (ulong id = 1; id <= 20_000; id++)
            {
                await call.RequestStream.WriteAsync(new ExchangeRequest { CorrelationId = id, Encode = new EncodeRequest { Text = $"text number {id}" } });
                if (id == 3000)
                {
                    reading.SetResult();
                }
            }

            await call.RequestStream.CompleteAsync();
        });
        await writing;

        Assert.Equal(20_000, await answers);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Without_parsers_an_output_stream_gives_the_text_as_it_is_decoded(int seed)
    {
        var random = new Random(seed);
        using var call = _host.Client.Exchange();
        for (ulong id = 1; id <= 20; id++)
        {
            int[] ids = [.. Enumerable.Range(0, random.Next(1, 60)).Select(_ => random.Next(TokenizerFixture.Tokenizer.VocabularySize + 5))];
            var skip = random.Next(2) == 0;
            var options = new OutputOptions { SkipSpecialTokens = skip };
            await AskAsync(call, new ExchangeRequest { CorrelationId = id, OpenOutput = new OpenOutput { Options = options } });
            var text = "";
            for (var i = 0; i < ids.Length; i++)
            {
                var fed = await AskAsync(call, new ExchangeRequest
                {
                    CorrelationId = id,
                    FeedOutput = new FeedOutput { TokenIds = { ids[i] }, Last = i == ids.Length - 1 },
                });
                text += string.Concat(fed.Output.Deltas.Select(delta => delta.Content));
            }

            Assert.Equal(TokenizerFixture.Tokenizer.Decode(ids, skip), text);
        }
    }

    private static async Task<ExchangeResponse> AskAsync(
        AsyncDuplexStreamingCall<ExchangeRequest, ExchangeResponse> call, ExchangeRequest request)
    {
        await call.RequestStream.WriteAsync(request);
        return await ReadAsync(call);
    }

    private static async Task<ExchangeResponse> ReadAsync(AsyncDuplexStreamingCall<ExchangeRequest, ExchangeResponse> call)
    {
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        return call.ResponseStream.Current;
    }
}
