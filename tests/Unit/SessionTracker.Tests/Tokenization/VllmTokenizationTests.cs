using System.Text.Json;
using Atropos.Hosting.Errors;
using Atropos.Sessions.V1;
using Atropos.SessionTracker.Tests.Support;
using Grpc.Core;
using OpenAI.V1;

namespace Atropos.SessionTracker.Tests.Tokenization;

public sealed class VllmTokenizationTests : IAsyncDisposable
{
    private readonly TokenizerFixture _fixture = new();

    public static TheoryData<string, Action<TokenizeRequest>> BadRequests => new()
    {
        { "prompt", r => r.ClearPrompt() },
        { "prompt", r => r.Messages.Add(Chat.User("a")) },
        { "add_generation_prompt", r => r.AddGenerationPrompt = false },
        { "continue_final_message", r => r.ContinueFinalMessage = false },
        { "chat_template", r => r.ChatTemplate = "x" },
        { "chat_template_kwargs", r => r.ChatTemplateKwargs = "{}" },
        { "tools", r => r.Tools.Add(Chat.Tool("f")) },
        { "chat_template_kwargs", r => { r.ClearPrompt(); r.Messages.Add(Chat.User("a")); r.ChatTemplateKwargs = "[]"; } },
        { "messages[0].role", r => { r.ClearPrompt(); r.Messages.Add(new ChatMessage()); } },
        { "tools[0].function.name", r => { r.ClearPrompt(); r.Messages.Add(Chat.User("a")); r.Tools.Add(new Tool()); } },
        { "continue_final_message", r => { r.ClearPrompt(); r.Messages.Add(Chat.User("a")); r.ContinueFinalMessage = true; } },
    };

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task A_prompt_has_special_tokens_unless_they_are_declined()
    {
        var whole = await TokenizeAsync(new TokenizeRequest { Model = "small", Prompt = "Hey, how", ReturnTokenStrs = true });
        var bare = await TokenizeAsync(new TokenizeRequest { Model = "small", Prompt = "Hey, how", AddSpecialTokens = false });

        Assert.Equal(["<s>", "▁Hey", ",", "▁how"], whole.TokenStrs.Values);
        Assert.Equal((4, 100), (whole.Count, whole.MaxModelLen));
        Assert.Equal(whole.Tokens.Skip(1), bare.Tokens);
        Assert.Null(bare.TokenStrs);
    }

    [Fact]
    public async Task Messages_are_rendered_as_the_template_says_with_no_token_added_unless_asked_for()
    {
        var plain = await TokenizeAsync(new TokenizeRequest { Model = "small", Messages = { Chat.User("how") }, ReturnTokenStrs = true });
        var added = await TokenizeAsync(new TokenizeRequest { Model = "small", Messages = { Chat.User("how") }, AddSpecialTokens = true });

        Assert.Equal("<s>[U]how[/U]", string.Concat(plain.TokenStrs.Values).Replace("▁", "", StringComparison.Ordinal));
        Assert.Equal([SmallTokenizer.Begin, .. plain.Tokens], added.Tokens);
    }

    [Fact]
    public async Task A_model_s_messages_have_the_ids_of_its_chat_completions()
    {
        var request = Chat.Request(Chat.System("You help."), Chat.User("Hi"));
        request.Tools.Add(Chat.Tool("search"));
        request.ChatTemplateKwargs = """{"enable_thinking": false}""";
        var rendered = await _fixture.Tracker.Completions.RenderChatCompletionAsync(new RenderChatCompletionRequest { Request = request });

        var answer = await TokenizeAsync(new TokenizeRequest
        {
            Model = "base",
            Messages = { request.Messages },
            Tools = { request.Tools },
            ChatTemplateKwargs = request.ChatTemplateKwargs,
        });

        Assert.Equal(rendered.TokenIds, answer.Tokens);
        Assert.Equal(4096, answer.MaxModelLen);
    }

    [Fact]
    public async Task The_end_of_a_conversation_is_as_it_is_asked_for()
    {
        var messages = new[] { Chat.User("Hi"), new ChatMessage { Role = "assistant", Content = new MessageContent { Text = "Sure" } } };

        Assert.EndsWith("<|im_start|>assistant\nSure<|im_end|>\n<|im_start|>assistant\n", await TextAsync(new TokenizeRequest()));
        Assert.EndsWith("<|im_start|>assistant\nSure<|im_end|>\n", await TextAsync(new TokenizeRequest { AddGenerationPrompt = false }));
        Assert.EndsWith("<|im_start|>assistant\nSure", await TextAsync(new TokenizeRequest { ContinueFinalMessage = true }));
        Assert.Equal("2", await TextAsync(new TokenizeRequest { ChatTemplate = "{{ messages | length }}" }));

        async Task<string> TextAsync(TokenizeRequest request)
        {
            request.Messages.Add(messages);
            var ids = (await TokenizeAsync(request)).Tokens;
            return (await _fixture.Client.DetokenizeAsync(new DetokenizeRequest { Tokens = new TokenIds { Ids = { ids } } })).Prompt;
        }
    }

    [Fact]
    public async Task Decoding_keeps_special_tokens()
    {
        var tokens = (await TokenizeAsync(new TokenizeRequest { Model = "small", Prompt = "Hey, how" })).Tokens;

        var answer = await _fixture.Client.DetokenizeAsync(new DetokenizeRequest { Model = "small", Tokens = new TokenIds { Ids = { tokens } } });

        Assert.Equal("<s>Hey, how", answer.Prompt.Replace("<s> ", "<s>", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(-1, "tokens[1]")]
    [InlineData(4096, "tokens[1]")]
    public async Task An_id_that_no_token_has_is_named_with_those_that_there_are(int id, string field)
    {
        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await _fixture.Client.DetokenizeAsync(new DetokenizeRequest { Tokens = new TokenIds { Ids = { 1, id } } }));

        Assert.Equal((StatusCode.InvalidArgument, field), (error.StatusCode, ErrorTrailers.ReadField(error)));
        Assert.Contains("from 0 to 4095", error.Status.Detail);
    }

    [Fact]
    public async Task The_configuration_has_class_and_template()
    {
        var info = JsonDocument.Parse((await _fixture.Client.GetTokenizerInfoAsync(new GetTokenizerInfoRequest { Model = "small" })).Config).RootElement;
        var first = JsonDocument.Parse((await _fixture.Client.GetTokenizerInfoAsync(new GetTokenizerInfoRequest())).Config).RootElement;

        Assert.Equal("LlamaTokenizer", info.GetProperty("tokenizer_class").GetString());
        Assert.Equal(SmallTokenizer.Template, info.GetProperty("chat_template").GetString());
        Assert.Equal("<|im_end|>", first.GetProperty("eos_token").GetString());
        Assert.Contains("<|im_start|>", first.GetProperty("chat_template").GetString());
    }

    [Fact]
    public async Task An_unknown_model_is_named_with_the_models_and_tokenizers_that_there_are()
    {
        var error = await Assert.ThrowsAsync<RpcException>(() => TokenizeAsync(new TokenizeRequest { Model = "nope", Prompt = "a" }));

        Assert.Equal((StatusCode.NotFound, "model"), (error.StatusCode, ErrorTrailers.ReadField(error)));
        Assert.Contains("`base`; tokenizers: `embedded`, `small`, `bare`", error.Status.Detail);
    }

    [Fact]
    public async Task A_model_that_was_added_since_is_found()
    {
        await TokenizeAsync(new TokenizeRequest { Prompt = "a" });
        _fixture.Tracker.Router.Models.Add(new Router.V1.ServedModel { Name = "later", Tokenizer = "small", MaxModelLen = 5 });

        Assert.Equal(5, (await TokenizeAsync(new TokenizeRequest { Model = "later", Prompt = "a" })).MaxModelLen);
    }

    [Theory]
    [MemberData(nameof(BadRequests))]
    public async Task A_request_that_cannot_be_carried_out_is_refused_by_its_field(string field, Action<TokenizeRequest> spoil)
    {
        var request = new TokenizeRequest { Prompt = "a" };
        spoil(request);

        var error = await Assert.ThrowsAsync<RpcException>(() => TokenizeAsync(request));

        Assert.Equal((StatusCode.InvalidArgument, field), (error.StatusCode, ErrorTrailers.ReadField(error)));
    }

    [Fact]
    public async Task Ids_that_are_missing_are_asked_for()
    {
        var error = await Assert.ThrowsAsync<RpcException>(async () => await _fixture.Client.DetokenizeAsync(new DetokenizeRequest()));

        Assert.Equal((StatusCode.InvalidArgument, "tokens"), (error.StatusCode, ErrorTrailers.ReadField(error)));
    }

    private async Task<TokenizeResponse> TokenizeAsync(TokenizeRequest request) => await _fixture.Client.TokenizeAsync(request);
}
