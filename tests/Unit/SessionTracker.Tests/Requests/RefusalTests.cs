using Atropos.Hosting.Errors;
using Atropos.SessionTracker.Tests.Support;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using OpenAI.V1;

namespace Atropos.SessionTracker.Tests.Requests;

public sealed class RefusalTests
{
    public static TheoryData<string, Action<ChatCompletionRequest>> BadChats => new()
    {
        { "messages", r => r.Messages.Clear() },
        { "messages[1].role", r => r.Messages.Add(new ChatMessage { Content = new MessageContent { Text = "x" } }) },
        { "messages[1].content", r => r.Messages.Add(new ChatMessage { Role = "user" }) },
        { "messages[1].content[0].type", r => r.Messages.Add(Parts(new ContentPart { Type = "image_url", ImageUrl = new ImageUrl { Url = "u" } })) },
        { "messages[1].content[0].text", r => r.Messages.Add(Parts(new ContentPart { Type = "text" })) },
        { "messages[1].tool_calls[0].function.name", r => r.Messages.Add(new ChatMessage { Role = "assistant", ToolCalls = { new ToolCall() } }) },
        { "n", r => r.N = 0 },
        { "n", r => r.N = 129 },
        { "temperature", r => r.Temperature = 2.5f },
        { "temperature", r => r.Temperature = float.NaN },
        { "top_p", r => r.TopP = 0 },
        { "top_k", r => r.TopK = -2 },
        { "min_p", r => r.MinP = 1.5f },
        { "presence_penalty", r => r.PresencePenalty = -3 },
        { "frequency_penalty", r => r.FrequencyPenalty = 3 },
        { "repetition_penalty", r => r.RepetitionPenalty = 0 },
        { "max_tokens", r => r.MaxTokens = 0 },
        { "max_completion_tokens", r => r.MaxCompletionTokens = -1 },
        { "min_tokens", r => (r.MinTokens, r.MaxTokens) = (5, 4) },
        { "stop", r => r.Stop = new StopSequences { Many = new StringList { Values = { Enumerable.Repeat("x", 17) } } } },
        { "stop[1]", r => r.Stop = new StopSequences { Many = new StringList { Values = { "x", "" } } } },
        { "stop_token_ids[0]", r => r.StopTokenIds.Add(-1) },
        { "logit_bias", r => r.LogitBias["a"] = 1 },
        { "logit_bias", r => r.LogitBias["1"] = 101 },
        { "top_logprobs", r => r.TopLogprobs = 2 },
        { "top_logprobs", r => (r.Logprobs, r.TopLogprobs) = (true, 21) },
        { "tools[0].type", r => r.Tools.Add(new Tool { Type = "retrieval" }) },
        { "tools[0].function.name", r => r.Tools.Add(new Tool { Type = "function" }) },
        { "tool_choice", r => r.ToolChoice = new ToolChoice { Mode = "sometimes" } },
        { "tool_choice", r => r.ToolChoice = new ToolChoice { Mode = "required" } },
        { "tool_choice.function.name", r => r.ToolChoice = new ToolChoice { Named = new NamedToolChoice { Function = new NamedFunction { Name = "f" } } } },
        { "response_format.type", r => r.ResponseFormat = new ResponseFormat { Type = "xml" } },
        { "response_format.json_schema.schema", r => r.ResponseFormat = new ResponseFormat { Type = "json_schema" } },
        { "continue_final_message", r => r.ContinueFinalMessage = true },
        { "prompt_logprobs", r => r.Extra = With("prompt_logprobs", Value.ForNumber(1)) },
        { "use_beam_search", r => r.Extra = With("use_beam_search", Value.ForBool(true)) },
        { "truncate_prompt_tokens", r => r.Extra = With("truncate_prompt_tokens", Value.ForNumber(8)) },
    };

    public static TheoryData<string, Action<CompletionRequest>> BadCompletions => new()
    {
        { "prompt", r => r.Prompt = null },
        { "prompt", r => r.Prompt = new CompletionPrompt { Texts = new StringList() } },
        { "prompt", r => r.Prompt = new CompletionPrompt { TokenIds = new TokenIds() } },
        { "prompt[1]", r => r.Prompt = new CompletionPrompt { TokenIds = new TokenIds { Ids = { 1, -1 } } } },
        { "prompt[0]", r => r.Prompt = new CompletionPrompt { TokenIdLists = new TokenIdLists { Lists = { new TokenIds() } } } },
        { "prompt", r => (r.Prompt, r.N) = (new CompletionPrompt { Texts = new StringList { Values = { "a", "b" } } }, 65) },
        { "logprobs", r => r.Logprobs = 21 },
        { "max_tokens", r => r.MaxTokens = 0 },
        { "echo", r => (r.Echo, r.Logprobs) = (true, 0) },
        { "prompt_logprobs", r => r.Extra = With("prompt_logprobs", Value.ForNumber(-1)) },
        { "best_of", r => r.Extra = With("best_of", Value.ForNumber(2)) },
        { "best_of", r => r.Extra = With("best_of", Value.ForString("2")) },
        { "suffix", r => r.Extra = With("suffix", Value.ForString("}")) },
        { "use_beam_search", r => r.Extra = With("use_beam_search", Value.ForBool(true)) },
        { "truncate_prompt_tokens", r => r.Extra = With("truncate_prompt_tokens", Value.ForNumber(-1)) },
    };

    [Theory]
    [MemberData(nameof(BadChats), DisableDiscoveryEnumeration = true)]
    public async Task A_bad_field_of_a_chat_completion_is_named(string field, Action<ChatCompletionRequest> spoil)
    {
        await using var tracker = new Tracker();
        var request = Chat.Request(Chat.User("a"));
        spoil(request);

        var error = await Assert.ThrowsAsync<RpcException>(() => tracker.ChatAsync("", request));

        Assert.Equal((StatusCode.InvalidArgument, field), (error.StatusCode, ErrorTrailers.ReadField(error)));
        Assert.Contains($"`{field}`", error.Status.Detail);
        Assert.Empty(tracker.Router.Requests);
    }

    [Theory]
    [MemberData(nameof(BadCompletions), DisableDiscoveryEnumeration = true)]
    public async Task A_bad_field_of_a_completion_is_named(string field, Action<CompletionRequest> spoil)
    {
        await using var tracker = new Tracker();
        var request = new CompletionRequest { Prompt = new CompletionPrompt { Text = "a" } };
        spoil(request);

        var error = await Assert.ThrowsAsync<RpcException>(() => tracker.CompleteAsync("", request));

        Assert.Equal((StatusCode.InvalidArgument, field), (error.StatusCode, ErrorTrailers.ReadField(error)));
    }

    [Fact]
    public async Task What_cannot_be_done_may_be_asked_not_to_be_done()
    {
        await using var tracker = new Tracker();
        var request = new CompletionRequest { Prompt = new CompletionPrompt { Text = "a" }, Extra = new Struct() };
        request.Extra.Fields["prompt_logprobs"] = Value.ForNull();
        request.Extra.Fields["best_of"] = Value.ForNumber(1);
        request.Extra.Fields["suffix"] = Value.ForString("");
        request.Extra.Fields["use_beam_search"] = Value.ForBool(false);
        request.Extra.Fields["truncate_prompt_tokens"] = Value.ForNull();
        request.Extra.Fields["anything_else"] = Value.ForNumber(5);

        await tracker.CompleteAsync("", request);

        Assert.Equal(5, Assert.Single(tracker.Router.Requests).Extra.Fields["anything_else"].NumberValue);
    }

    [Fact]
    public async Task A_model_that_nobody_serves_is_not_found_and_the_answer_lists_those_that_are()
    {
        await using var tracker = new Tracker();
        var request = Chat.Request(Chat.User("a"));
        request.Model = "gpt-9";

        var error = await Assert.ThrowsAsync<RpcException>(() => tracker.ChatAsync("", request));

        Assert.Equal((StatusCode.NotFound, "model"), (error.StatusCode, ErrorTrailers.ReadField(error)));
        Assert.Equal("No model `gpt-9`. Served are: `base`.", error.Status.Detail);
    }

    [Fact]
    public async Task A_model_that_came_up_since_the_last_look_is_found()
    {
        await using var tracker = new Tracker(options: new SessionTrackerOptions { CatalogLifetime = TimeSpan.FromHours(1) });
        await tracker.ChatAsync("", Chat.Request(Chat.User("a")));
        tracker.Router.Models.Add(new Router.V1.ServedModel { Name = "late", Tokenizer = "bytes" });
        var request = Chat.Request(Chat.User("a"));
        request.Model = "late";

        Assert.Equal("late", (await tracker.ChatAsync("", request)).Completion.Model);
    }

    [Fact]
    public async Task A_session_that_is_not_there_is_not_found()
    {
        await using var tracker = new Tracker();

        var error = await Assert.ThrowsAsync<RpcException>(() => tracker.ChatAsync("nope", Chat.Request(Chat.User("a"))));

        Assert.Equal((StatusCode.NotFound, "SESSION_NOT_FOUND"), (error.StatusCode, ErrorTrailers.ReadReason(error)));
        Assert.StartsWith("No session", error.Status.Detail);
    }

    private static Struct With(string name, Value value) => new() { Fields = { [name] = value } };

    private static ChatMessage Parts(ContentPart part) =>
        new() { Role = "user", Content = new MessageContent { Parts = new ContentParts { Parts = { part } } } };
}
