using Atropos.Hosting.Errors;
using Atropos.Sessions.V1;
using Grpc.Core;
using OpenAI.V1;

namespace Atropos.SessionTracker.Tests.Tokenization;

public sealed class LmdeployTokenizationTests : IAsyncDisposable
{
    private readonly TokenizerFixture _fixture = new();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Theory]
    [InlineData(null, "<s> Hey, how")]
    [InlineData(true, "<s> Hey, how")]
    [InlineData(false, "Hey, how")]
    public async Task One_text_gives_a_list_and_a_number(bool? addBegin, string text)
    {
        var answer = await EncodeAsync(new TextInput { One = "Hey, how" }, addBegin, preprocess: false);

        Assert.Equal(answer.InputIds.One.Ids.Count, answer.Length.One);
        Assert.Equal(text, await DecodeAsync(answer.InputIds.One));
    }

    [Fact]
    public async Task Several_texts_give_lists_in_their_order()
    {
        string[] texts = ["how", "", .. Enumerable.Range(0, 100).Select(i => $"how{i}")];

        var answer = await EncodeAsync(new TextInput { Many = new StringList { Values = { texts } } }, addBegin: false, preprocess: false);

        Assert.Equal(answer.InputIds.Many.Lists.Select(list => list.Ids.Count), answer.Length.Many.Values);
        Assert.Equal(texts, await Task.WhenAll(answer.InputIds.Many.Lists.Select(DecodeAsync)));
    }

    [Fact]
    public async Task No_texts_give_no_lists()
    {
        var answer = await EncodeAsync(new TextInput { Many = new StringList() }, addBegin: null, preprocess: true);

        Assert.Empty(answer.InputIds.Many.Lists);
        Assert.Empty(answer.Length.Many.Values);
    }

    [Theory]
    [InlineData(null, "<s>")]
    [InlineData(false, "")]
    public async Task Preprocessing_applies_the_template_and_begins_once_at_most(bool? addBegin, string begin)
    {
        var one = await EncodeAsync(new TextInput { One = "how" }, addBegin, preprocess: true);

        var text = await DecodeAsync(one.InputIds.One);

        Assert.Equal(begin + "[U]how[/U]", text.Replace(" ", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Input_that_is_missing_is_asked_for()
    {
        var error = await Assert.ThrowsAsync<RpcException>(async () => await _fixture.Client.EncodeTextsAsync(new EncodeTextsRequest()));

        Assert.Equal((StatusCode.InvalidArgument, "input"), (error.StatusCode, ErrorTrailers.ReadField(error)));
    }

    private async Task<EncodeTextsResponse> EncodeAsync(TextInput input, bool? addBegin, bool preprocess)
    {
        var request = new EncodeTextsRequest { Model = "small", Input = input, DoPreprocess = preprocess };
        if (addBegin is { } add)
        {
            request.AddBos = add;
        }

        return await _fixture.Client.EncodeTextsAsync(request);
    }

    private async Task<string> DecodeAsync(TokenIds ids) =>
        (await _fixture.Client.DetokenizeAsync(new DetokenizeRequest { Model = "small", Tokens = ids })).Prompt;
}
