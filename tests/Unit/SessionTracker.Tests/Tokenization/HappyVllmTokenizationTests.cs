using Atropos.Hosting.Errors;
using Atropos.Sessions.V1;
using Grpc.Core;
using OpenAI.V1;

namespace Atropos.SessionTracker.Tests.Tokenization;

public sealed class HappyVllmTokenizationTests : IAsyncDisposable
{
    private const string Text =
        "Hey, my name is LLM. How are you ? Fine, you ? That's wonderful news : I'm also fine. But do you think it will last ?";

    private readonly TokenizerFixture _fixture = new();

    private TokenizationService.TokenizationServiceClient Client => _fixture.Client;

    public static TheoryData<int, string[]?, string[]> Splits => new()
    {
        { 2, null, ["Hey, my name is LLM.", " How are you ?", " Fine, you ?", " That's wonderful news : I'm also fine.", " But do you think it will last ?"] },
        { 6, null, ["Hey, my name is LLM.", " How are you ? Fine, you ?", " That's wonderful news : I'm also fine.", " But do you think it will last ?"] },
        { 2, [" ?"], ["Hey, my name is LLM. How are you ?", " Fine, you ?", " That's wonderful news : I'm also fine. But do you think it will last ?"] },
        { 1000, null, [Text] },
        { 1, [], [Text] },
    };

    public static TheoryData<string, Func<TokenizationService.TokenizationServiceClient, Task>> BadRequests => new()
    {
        { "text", async c => await c.TokenizeTextAsync(new TokenizeTextRequest()) },
        { "token_ids", async c => await c.DecodeTokensAsync(new DecodeTokensRequest()) },
        { "token_ids[0]", async c => await c.DecodeTokensAsync(new DecodeTokensRequest { TokenIds = Ids([4096]), Vanilla = false }) },
        { "text", async c => await c.SplitTextAsync(new SplitTextRequest()) },
        { "num_tokens_in_chunk", async c => await c.SplitTextAsync(new SplitTextRequest { Text = "a", NumTokensInChunk = 0 }) },
        { "separators", async c => await c.SplitTextAsync(new SplitTextRequest { Text = "a", Separators = Many(257) }) },
        { "text", async c => await c.MeasureTextAsync(new MeasureTextRequest()) },
        { "truncation_side", async c => await c.MeasureTextAsync(new MeasureTextRequest { Text = "a", TruncationSide = "up" }) },
        { "max_length", async c => await c.MeasureTextAsync(new MeasureTextRequest { Text = "a", MaxLength = 0 }) },
    };

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task The_vanilla_tokenizer_is_the_model_s_own()
    {
        var answer = await Client.TokenizeTextAsync(new TokenizeTextRequest { Model = "small", Text = "Hey, how", WithTokensStr = true });
        var back = await Client.DecodeTokensAsync(new DecodeTokensRequest { Model = "small", TokenIds = Ids(answer.TokensIds), WithTokensStr = true });

        Assert.Equal(["<s>", "▁Hey", ",", "▁how"], answer.TokensStr.Values);
        Assert.Equal(4, answer.TokensNb);
        Assert.Equal("<s> Hey, how", back.DecodedString);
        Assert.Equal(answer.TokensStr.Values, back.TokensStr.Values);
    }

    [Fact]
    public async Task The_modified_tokenizer_has_neither_special_tokens_nor_a_space_before_the_text()
    {
        var answer = await Client.TokenizeTextAsync(
            new TokenizeTextRequest { Model = "small", Text = "Hey, how", WithTokensStr = true, Vanilla = false });
        var back = await Client.DecodeTokensAsync(
            new DecodeTokensRequest { Model = "small", TokenIds = Ids(answer.TokensIds), WithTokensStr = true, Vanilla = false });

        Assert.Equal(["H", "ey", ",", " how"], answer.TokensStr.Values);
        Assert.Equal(("Hey, how", 4), (back.DecodedString, back.TokensNb));
        Assert.Equal(answer.TokensStr.Values, back.TokensStr.Values);
    }

    [Fact]
    public async Task Tokens_are_given_as_strings_only_where_they_were_asked_for()
    {
        Assert.Null((await Client.TokenizeTextAsync(new TokenizeTextRequest { Text = "a" })).TokensStr);
        Assert.Null((await Client.DecodeTokensAsync(new DecodeTokensRequest { TokenIds = Ids([1]) })).TokensStr);
    }

    [Theory]
    [MemberData(nameof(Splits))]
    public async Task A_text_is_split_as_happy_vllm_does(int fewest, string[]? separators, string[] expected)
    {
        var request = new SplitTextRequest { Text = Text, NumTokensInChunk = fewest };
        if (separators is not null)
        {
            request.Separators = new StringList { Values = { separators } };
        }

        Assert.Equal(expected, (await Client.SplitTextAsync(request)).SplitText);
    }

    [Fact]
    public async Task An_empty_text_has_no_pieces() =>
        Assert.Empty((await Client.SplitTextAsync(new SplitTextRequest { Text = "" })).SplitText);

    [Theory]
    [InlineData("base", "right", " are you ?")]
    [InlineData("base", "left", "Hey, how")]
    [InlineData("base", null, " are you ?")]
    public async Task What_truncation_cuts_away_is_given(string model, string? side, string expected)
    {
        var request = new MeasureTextRequest { Model = model, Text = "Hey, how are you ?", MaxLength = 3 };
        if (side is not null)
        {
            request.TruncationSide = side;
        }

        var answer = await Client.MeasureTextAsync(request);

        Assert.Equal(expected, answer.TruncatedText);
        Assert.Equal((6, 6), (answer.TokensNb, answer.NbTokens));
    }

    [Fact]
    public async Task Length_and_side_are_the_model_s_where_they_are_not_given()
    {
        var answer = await Client.MeasureTextAsync(new MeasureTextRequest { Model = "small", Text = new string('a', 120) });
        var fits = await Client.MeasureTextAsync(new MeasureTextRequest { Model = "small", Text = new string('a', 99) });

        Assert.Equal(120, answer.TokensNb);
        Assert.Equal(new string('a', 20), answer.TruncatedText);
        Assert.Equal("", fits.TruncatedText);
    }

    [Theory]
    [MemberData(nameof(BadRequests))]
    public async Task A_request_that_cannot_be_carried_out_is_refused_by_its_field(
        string field, Func<TokenizationService.TokenizationServiceClient, Task> call)
    {
        var error = await Assert.ThrowsAsync<RpcException>(() => call(Client));

        Assert.Equal((StatusCode.InvalidArgument, field), (error.StatusCode, ErrorTrailers.ReadField(error)));
    }

    private static TokenIds Ids(IEnumerable<int> ids) => new() { Ids = { ids } };

    private static StringList Many(int count) => new() { Values = { Enumerable.Repeat("x", count) } };
}
