using Atropos.Hosting.Errors;
using Atropos.Hosting.InProcess;
using Atropos.Tokenizer.V1;
using Atropos.TokenizerService.Grpc;
using Atropos.TokenizerService.Templates;
using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Client = Atropos.Tokenizer.V1.TokenizerService.TokenizerServiceClient;

namespace Atropos.TokenizerService.Tests.Grpc;

public sealed class ExchangeTests
{
    private readonly Client _client = new(new InProcessCallInvoker(
        new InProcessServices(new ErrorInterceptor(NullLogger<ErrorInterceptor>.Instance, TimeProvider.System))
            .Add(new TokenizerGrpcService(
                TokenizerFixture.Registry,
                ChatRenderer.CreateTemplateCache(),
                new ExchangeLifetime(TimeSpan.Zero, TimeProvider.System, CancellationToken.None)))));

    [Fact]
    public async Task Many_calls_share_a_stream_and_are_told_apart_by_their_ids()
    {
        using var call = _client.Exchange();
        for (ulong id = 1; id <= 200; id++)
        {
            await call.RequestStream.WriteAsync(new ExchangeRequest { CorrelationId = id, Encode = new EncodeRequest { Text = $"text {id}" } });
        }

        await call.RequestStream.CompleteAsync();

        var answers = new Dictionary<ulong, ExchangeResponse>();
        while (await call.ResponseStream.MoveNext(CancellationToken.None))
        {
            answers.Add(call.ResponseStream.Current.CorrelationId, call.ResponseStream.Current);
        }

        Assert.Equal(200, answers.Count);
        Assert.All(answers, answer => Assert.Equal($"text {answer.Key}", TokenizerFixture.Decode(answer.Value.Encode.TokenIds)));
    }

    [Fact]
    public async Task A_failed_call_is_answered_and_the_stream_goes_on()
    {
        using var call = _client.Exchange();

        var failed = await AskAsync(call, new ExchangeRequest { CorrelationId = 1, Encode = new EncodeRequest { Tokenizer = "nope" } });
        var next = await AskAsync(call, new ExchangeRequest { CorrelationId = 2, Encode = new EncodeRequest { Text = "a" } });

        Assert.Equal((int)StatusCode.NotFound, failed.Error.Code);
        Assert.Equal("tokenizer", failed.Error.Field);
        Assert.Equal(ExchangeResponse.ResultOneofCase.Encode, next.ResultCase);
    }

    [Fact]
    public async Task An_output_stream_keeps_its_id_until_its_last_feed()
    {
        using var call = _client.Exchange();
        var ids = TokenizerFixture.Tokenizer.Encode("Hello", addSpecialTokens: false);
        await AskAsync(call, new ExchangeRequest { CorrelationId = 7, OpenOutput = new OpenOutput() });

        var fed = await AskAsync(call, new ExchangeRequest { CorrelationId = 7, FeedOutput = new FeedOutput { TokenIds = { ids }, Last = true } });
        var after = await AskAsync(call, new ExchangeRequest { CorrelationId = 7, FeedOutput = new FeedOutput { TokenIds = { ids } } });

        Assert.Equal("Hello", string.Concat(fed.Output.Deltas.Select(delta => delta.Content)));
        Assert.Equal((int)StatusCode.InvalidArgument, after.Error.Code);
    }

    [Fact]
    public async Task A_call_of_no_kind_is_refused()
    {
        using var call = _client.Exchange();

        var answer = await AskAsync(call, new ExchangeRequest { CorrelationId = 1 });

        Assert.Equal("call", answer.Error.Field);
    }

    [Fact]
    public async Task The_vocabulary_gives_the_bytes_of_every_id()
    {
        var vocabulary = await _client.GetVocabularyAsync(new GetVocabularyRequest());
        var info = (await _client.GetTokenizerAsync(new GetTokenizerRequest())).Info;

        Assert.Equal(info.VocabularySize, vocabulary.TokenBytes.Count);
        Assert.Equal("<|im_end|>", vocabulary.TokenBytes[TokenizerFixture.Id("<|im_end|>")].ToStringUtf8());
        Assert.Contains(TokenizerFixture.Id("<|im_end|>"), vocabulary.SpecialTokenIds);
        Assert.Contains(TokenizerFixture.Id("<|im_end|>"), info.EndTokenIds);
    }

    private static async Task<ExchangeResponse> AskAsync(
        AsyncDuplexStreamingCall<ExchangeRequest, ExchangeResponse> call, ExchangeRequest request)
    {
        await call.RequestStream.WriteAsync(request);
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        return call.ResponseStream.Current;
    }
}
