using Atropos.Tokenizer.V1;
using Grpc.Core;
using static Atropos.TokenizerService.Tests.TokenizerFixture;

namespace Atropos.TokenizerService.Tests.Grpc;

/// <summary>What a tokenizer's vocabulary and configuration say, by unary calls and over the stream.</summary>
public sealed class ConfigurationTests : IAsyncLifetime, IDisposable
{
    private const string Config = """{"tokenizer_class": "X", "odd":   [1.50]}""";

    private readonly TokenizerFolders _folders = new();
    private TokenizerHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _folders.Write("configured");
        await File.WriteAllTextAsync(Path.Combine(_folders.Path("configured"), "tokenizer_config.json"), Config);
        await File.WriteAllTextAsync(Path.Combine(_folders.Path("configured"), "chat_template.jinja"), "T{{ messages }}");
        _folders.Write("bare");
        var options = _folders.Options("configured", "bare");
        options.Add(new TokenizerSource("embedded", TokenizerSource.Embedded));
        _host = await TokenizerHost.StartAsync(options);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    public void Dispose() => _folders.Dispose();

    [Fact]
    public async Task Ids_are_spelled_as_the_vocabulary_does()
    {
        var ids = TokenizerFixture.Tokenizer.Encode("Hello world", addSpecialTokens: false);
        var request = new GetTokensRequest { Tokenizer = "embedded", TokenIds = { ids } };

        var answer = await _host.Client.GetTokensAsync(request);

        Assert.Equal(["Hello", "Ġwor", "ld"], answer.Tokens);
        Assert.Equal(answer, (await ExchangeAsync(new ExchangeRequest { GetTokens = request })).GetTokens);
    }

    [Fact]
    public async Task An_id_that_no_token_has_is_spelled_as_nothing()
    {
        var request = new GetTokensRequest { Tokenizer = "embedded", TokenIds = { Id("<|im_end|>"), int.MaxValue } };

        Assert.Equal(["<|im_end|>", ""], (await _host.Client.GetTokensAsync(request)).Tokens);
    }

    [Fact]
    public async Task A_negative_id_is_refused_by_its_place()
    {
        var request = new GetTokensRequest { TokenIds = { 1, -1 } };

        var error = await Assert.ThrowsAsync<RpcException>(async () => await _host.Client.GetTokensAsync(request));

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Contains("token_ids[1]", error.Status.Detail, StringComparison.Ordinal);
        Assert.Equal("token_ids[1]", (await ExchangeAsync(new ExchangeRequest { GetTokens = request })).Error.Field);
    }

    [Fact]
    public async Task The_configuration_is_the_text_of_its_file()
    {
        var answer = await _host.Client.GetTokenizerConfigAsync(new GetTokenizerConfigRequest { Tokenizer = "configured" });

        Assert.Equal((Config, "T{{ messages }}"), (answer.ConfigJson, answer.ChatTemplate));
        var streamed = await ExchangeAsync(new ExchangeRequest { GetTokenizerConfig = new GetTokenizerConfigRequest() });
        Assert.Equal(answer, streamed.GetTokenizerConfig);
    }

    [Fact]
    public async Task A_tokenizer_without_configuration_has_an_empty_one()
    {
        var answer = await _host.Client.GetTokenizerConfigAsync(new GetTokenizerConfigRequest { Tokenizer = "bare" });

        Assert.Equal(("", false), (answer.ConfigJson, answer.HasChatTemplate));
    }

    [Fact]
    public async Task The_embedded_tokenizer_has_a_configuration_and_a_template()
    {
        var answer = await _host.Client.GetTokenizerConfigAsync(new GetTokenizerConfigRequest { Tokenizer = "embedded" });

        Assert.Contains("tokenizer_class", answer.ConfigJson, StringComparison.Ordinal);
        Assert.Contains("<|im_start|>", answer.ChatTemplate, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_tokenizer_is_not_found()
    {
        var tokens = await Assert.ThrowsAsync<RpcException>(async () => await _host.Client.GetTokensAsync(new GetTokensRequest { Tokenizer = "x" }));
        var config = await Assert.ThrowsAsync<RpcException>(
            async () => await _host.Client.GetTokenizerConfigAsync(new GetTokenizerConfigRequest { Tokenizer = "x" }));

        Assert.Equal((StatusCode.NotFound, StatusCode.NotFound), (tokens.StatusCode, config.StatusCode));
    }

    [Fact]
    public async Task A_vocabulary_and_a_rendering_tell_the_fingerprint()
    {
        var info = (await _host.Client.GetTokenizerAsync(new GetTokenizerRequest { Tokenizer = "configured" })).Info;
        var render = Render(Message("user", "a"));
        render.Tokenizer = "configured";

        var vocabulary = await _host.Client.GetVocabularyAsync(new GetVocabularyRequest { Tokenizer = "configured" });
        var rendered = await _host.Client.RenderChatAsync(render);

        Assert.Equal(64, info.Fingerprint.Length);
        Assert.Equal((info.Fingerprint, info.Fingerprint), (vocabulary.TokenizerFingerprint, rendered.TokenizerFingerprint));
    }

    private async Task<ExchangeResponse> ExchangeAsync(ExchangeRequest request)
    {
        using var call = _host.Client.Exchange();
        await call.RequestStream.WriteAsync(request);
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        return call.ResponseStream.Current;
    }
}
