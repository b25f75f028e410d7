using Atropos.Hosting.Errors;
using Atropos.Tokenizer.V1;
using Grpc.Core;
using Client = Atropos.Tokenizer.V1.TokenizerService.TokenizerServiceClient;

namespace Atropos.TokenizerService.Tests.Grpc;

public sealed class TemplateOnlyCallTests : IAsyncLifetime
{
    private TokenizerHost _host = null!;

    private Client Client => _host.Client;

    public async ValueTask InitializeAsync() => _host = await TokenizerHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_call_gives_the_text_whatever_its_length()
    {
        Assert.Equal("Hi", (await Client.RenderChatAsync(Request("{{ messages[0].content }}"))).Text);
        Assert.Equal(600_000, (await Client.RenderChatAsync(Request("{{ 'x' * 600000 }}"))).Text.Length);
    }

    [Fact]
    public async Task A_call_on_the_stream_gives_the_text()
    {
        using var call = Client.Exchange();

        await call.RequestStream.WriteAsync(new ExchangeRequest { CorrelationId = 1, RenderChat = Request("{{ messages[0].content }}") });
        await call.RequestStream.CompleteAsync();

        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal("Hi", call.ResponseStream.Current.RenderChat.Text);
    }

    [Fact]
    public async Task What_the_template_raises_is_told()
    {
        var error = await Assert.ThrowsAsync<RpcException>(async () => await Client.RenderChatAsync(Request("{{ raise_exception('ünd no') }}")));

        Assert.Equal((StatusCode.InvalidArgument, "messages"), (error.StatusCode, ErrorTrailers.ReadField(error)));
        Assert.EndsWith(": ünd no", error.Status.Detail, StringComparison.Ordinal);
    }

    private static RenderChatRequest Request(string template) =>
        new() { TemplateOnly = true, ChatTemplate = template, MessagesJson = """[{"role": "user", "content": "Hi"}]""" };
}
