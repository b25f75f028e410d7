using Atropos.Hosting.Errors;
using Atropos.Sessions.V1;
using Atropos.SessionTracker.Tests.Support;
using Atropos.SessionTracker.Tests.Tokenization;
using Grpc.Core;

namespace Atropos.SessionTracker.Tests.Rendering;

public sealed class RenderTests : IAsyncDisposable
{
    private const string Hello = """[{"role": "user", "content": "Hello"}]""";

    private readonly TokenizerFixture _fixture = new();

    public static TheoryData<string, string, RenderRequest> BadRequests => new()
    {
        { "messages", "is missing", new RenderRequest { ChatTemplate = "x" } },
        { "messages", "is empty", new RenderRequest { ChatTemplate = "x", Messages = "[]" } },
        { "messages", "is not an array", new RenderRequest { ChatTemplate = "x", Messages = "{}" } },
        { "messages", "is not JSON", new RenderRequest { ChatTemplate = "x", Messages = "[" } },
        { "messages[1]", "is not an object", new RenderRequest { ChatTemplate = "x", Messages = """[{"role": "a"}, 5]""" } },
        { "messages[0].role", "is missing", new RenderRequest { Messages = """[{"content": "a"}]""" } },
        { "messages[0].role", "is missing", new RenderRequest { Messages = """[{"role": ""}]""" } },
        { "messages[0].role", "is not a string", new RenderRequest { Messages = """[{"role": 1}]""" } },
        { "tools[0]", "is not an object", new RenderRequest { Messages = Hello, Tools = "[1]" } },
        { "documents", "is not an array", new RenderRequest { Messages = Hello, Documents = "{}" } },
        { "chat_template_kwargs", "is not an object", new RenderRequest { Messages = Hello, ChatTemplateKwargs = "[]" } },
        { "chat_template_kwargs", "not Unicode", new RenderRequest { Messages = Hello, ChatTemplateKwargs = """{"a": "\ud800"}""" } },
        { "chat_template", "(line 2)", new RenderRequest { Messages = Hello, ChatTemplate = "a\n{% if %}" } },
        { "chat_template", "(line 3)", new RenderRequest { Model = "small", Messages = Hello, ChatTemplate = "a\n\n{{ x | nope }}" } },
        { "continue_final_message", "add_generation_prompt", new RenderRequest { Messages = Hello, ContinueFinalMessage = true, AddGenerationPrompt = true } },
    };

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task A_template_alone_gives_text_and_no_ids()
    {
        var answer = await RenderAsync(new RenderRequest
        {
            ChatTemplate = "{{ bos_token }}{% for m in messages %}<{{ m.role }}>{{ m.content }}{% endfor %}{{ eos_token is defined }}{{ add_generation_prompt }}",
            Messages = Hello,
            ChatTemplateKwargs = """{"bos_token": "<s>"}""",
        });

        Assert.Equal("<s><user>HelloFalseTrue", answer.PromptText);
        Assert.Null(answer.TokenIds);
        Assert.False(answer.HasNumTokens);
    }

    [Fact]
    public async Task A_model_gives_what_its_chat_completions_are_sent()
    {
        var preview = await _fixture.Tracker.Completions.RenderChatCompletionAsync(
            new RenderChatCompletionRequest { Request = Chat.Request(Chat.User("Hello")) });

        var first = await RenderAsync(new RenderRequest { Messages = Hello });
        var named = await RenderAsync(new RenderRequest { Model = "base", Messages = Hello });

        Assert.Equal(preview.PromptText, first.PromptText);
        Assert.Equal(preview.TokenIds, first.TokenIds.Ids);
        Assert.Equal(preview.NumTokens, first.NumTokens);
        Assert.Equal(first, named);
    }

    [Fact]
    public async Task A_model_with_a_template_has_that_text_in_its_own_ids()
    {
        var answer = await RenderAsync(new RenderRequest { Model = "small", ChatTemplate = "{{ bos_token }}how{{ messages | length }}", Messages = Hello });

        Assert.Equal("<s>how1", answer.PromptText);
        Assert.Equal(SmallTokenizer.Begin, answer.TokenIds.Ids[0]);
        Assert.Equal(answer.TokenIds.Ids.Count, answer.NumTokens);
    }

    [Fact]
    public async Task A_model_s_special_tokens_can_be_overridden()
    {
        var answer = await RenderAsync(new RenderRequest
        {
            Model = "small",
            ChatTemplate = "{{ bos_token }}",
            Messages = Hello,
            ChatTemplateKwargs = """{"bos_token": "<b>"}""",
        });

        Assert.Equal("<b>", answer.PromptText);
    }

    [Fact]
    public async Task No_text_has_no_ids_but_says_so()
    {
        var answer = await RenderAsync(new RenderRequest { Model = "base", ChatTemplate = "{# nothing #}", Messages = Hello });

        Assert.Equal("", answer.PromptText);
        Assert.Empty(answer.TokenIds.Ids);
        Assert.True(answer is { HasNumTokens: true, NumTokens: 0 });
    }

    [Theory]
    [InlineData("{{ messages[0].role }}", """[{"role": "ipython"}]""", "ipython")]
    [InlineData("{{ messages[0].role }}{{ messages[0].content or '!' }}", """[{"role": "critic"}]""", "critic!")]
    [InlineData("{{ messages[0].content or '!' }}", """[{"role": "assistant", "content": null}]""", "!")]
    [InlineData("{{ messages[0].content.b }}{{ messages[0].content | tojson }}", """[{"role": "tool", "content": {"b": 1.0, "a": [2]}}]""", """1.0{"b": 1.0, "a": [2]}""")]
    [InlineData("{{ messages[0].weight + 1 }}", """[{"role": "user", "weight": 12345678901234567890123}]""", "12345678901234567890124")]
    [InlineData("{{ messages[0].tool_calls[0].function.arguments.q }}", """[{"role": "assistant", "tool_calls": [{"function": {"name": "f", "arguments": {"q": 2.0}}}]}]""", "2.0")]
    [InlineData("{% for p in messages[0].content %}{% if p.type == 'image' %}<img>{% else %}{{ p.text }}{% endif %}{% endfor %}", """[{"role": "user", "content": [{"type": "image"}, {"type": "text", "text": "x"}]}]""", "<img>x")]
    public async Task Messages_reach_the_template_as_they_are_written(string template, string messages, string text)
    {
        Assert.Equal(text, (await RenderAsync(new RenderRequest { ChatTemplate = template, Messages = messages })).PromptText);
    }

    [Theory]
    [InlineData("{{ tools is none }} {{ documents is none }}", null, null, "True True")]
    [InlineData("{{ tools }} {{ documents }}", "[]", "[]", "[] []")]
    [InlineData("{{ tools[0].function.parameters | tojson }}", """[{"function": {"parameters": {"z": 1.0, "a": 1}}}]""", null, """{"z": 1.0, "a": 1}""")]
    [InlineData("{{ documents[0] | tojson }}", null, """[{"title": "t", "id": 1.0}]""", """{"title": "t", "id": 1.0}""")]
    public async Task Tools_and_documents_reach_the_template_as_they_are_written(string template, string? tools, string? documents, string text)
    {
        var request = new RenderRequest { ChatTemplate = template, Messages = Hello };
        if (tools is not null)
        {
            request.Tools = tools;
        }

        if (documents is not null)
        {
            request.Documents = documents;
        }

        Assert.Equal(text, (await RenderAsync(request)).PromptText);
    }

    [Fact]
    public async Task Values_keep_their_numbers()
    {
        var answer = await RenderAsync(new RenderRequest
        {
            ChatTemplate = "{{ a }} {{ b }} {{ c }} {{ d | tojson }}",
            Messages = Hello,
            ChatTemplateKwargs = """{"a": 1.0, "b": 1, "c": 9007199254740993, "d": {"z": 1e3, "y": -0.5}}""",
        });

        Assert.Equal("""1.0 1 9007199254740993 {"z": 1000.0, "y": -0.5}""", answer.PromptText);
    }

    [Fact]
    public async Task The_last_message_is_left_open_or_answered_as_asked()
    {
        const string Template = "{% for m in messages %}[{{ m.content }}]{% endfor %}{% if add_generation_prompt %}>{% endif %}";

        Assert.Equal("[Hello]>", (await RenderAsync(new RenderRequest { ChatTemplate = Template, Messages = Hello })).PromptText);
        Assert.Equal("[Hello]", (await RenderAsync(new RenderRequest { ChatTemplate = Template, Messages = Hello, AddGenerationPrompt = false })).PromptText);
        Assert.Equal("[Hello", (await RenderAsync(new RenderRequest { ChatTemplate = Template, Messages = Hello, ContinueFinalMessage = true })).PromptText);
    }

    [Theory]
    [InlineData("")]
    [InlineData("small")]
    public async Task What_the_template_raises_is_in_the_message_unchanged(string model)
    {
        const string Text = "Conversation roles must alternate user/assistant/… — “not” so!";
        var error = await FailAsync(new RenderRequest { Model = model, Messages = Hello, ChatTemplate = $"{{{{ raise_exception('{Text}') }}}}" });

        Assert.Equal((StatusCode.InvalidArgument, "messages", "CHAT_TEMPLATE_ERROR"), Describe(error));
        Assert.EndsWith(": " + Text, error.Status.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}")]
    [InlineData("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}")]
    [InlineData("{{ 'x' * 999999999 }}")]
    public async Task A_template_that_goes_past_a_limit_is_refused(string template)
    {
        Assert.Equal(
            (StatusCode.InvalidArgument, "chat_template", "CHAT_TEMPLATE_LIMIT"),
            Describe(await FailAsync(new RenderRequest { ChatTemplate = template, Messages = Hello })));
    }

    [Fact]
    public async Task What_fails_in_a_template_says_what_and_where()
    {
        var error = await FailAsync(new RenderRequest { ChatTemplate = "a\n{{ messages[0].nope.deep }}", Messages = Hello });

        Assert.Equal((StatusCode.InvalidArgument, "messages", "CHAT_TEMPLATE_ERROR"), Describe(error));
        Assert.Contains("UndefinedError", error.Status.Detail);
    }

    [Theory]
    [MemberData(nameof(BadRequests))]
    public async Task A_request_that_cannot_be_carried_out_is_refused_by_its_field(string field, string problem, RenderRequest request)
    {
        var error = await FailAsync(request);

        Assert.Equal((StatusCode.InvalidArgument, field), (error.StatusCode, ErrorTrailers.ReadField(error)));
        Assert.Contains(problem, error.Status.Detail);
    }

    [Fact]
    public async Task An_unknown_model_is_not_found()
    {
        var error = await FailAsync(new RenderRequest { Model = "nope", Messages = Hello, ChatTemplate = "x" });

        Assert.Equal((StatusCode.NotFound, "model"), (error.StatusCode, ErrorTrailers.ReadField(error)));
    }

    [Fact]
    public async Task A_model_without_a_template_is_told_how_to_give_one()
    {
        _fixture.Tracker.Router.Models.Add(new Router.V1.ServedModel { Name = "plain", Tokenizer = "bare" });
        var chat = Chat.Request(Chat.User("Hello"));
        chat.Model = "plain";
        var asked = new List<RpcException>
        {
            await FailAsync(new RenderRequest { Model = "bare", Messages = Hello }),
            await FailAsync(new RenderRequest { Model = "plain", Messages = Hello }),
            await Assert.ThrowsAsync<RpcException>(async () =>
                await _fixture.Client.TokenizeAsync(new TokenizeRequest { Model = "plain", Messages = { Chat.User("Hello") } })),
            await Assert.ThrowsAsync<RpcException>(() => _fixture.Tracker.ChatAsync("", chat)),
        };
        var uuid = await _fixture.Tracker.CreateSessionAsync(new CreateSessionRequest { ModelName = "plain" });
        asked.Add(await Assert.ThrowsAsync<RpcException>(() => _fixture.Tracker.ChatAsync(uuid, chat)));

        Assert.All(asked, error =>
        {
            Assert.Equal((StatusCode.FailedPrecondition, "chat_template", "NO_CHAT_TEMPLATE"), Describe(error));
            Assert.Contains("chat_template.jinja", error.Status.Detail);
            Assert.Contains("with the request or the session", error.Status.Detail);
        });
        Assert.Equal("how", (await RenderAsync(new RenderRequest { Model = "plain", Messages = Hello, ChatTemplate = "{{ 'how' }}" })).PromptText);
    }

    private static (StatusCode Status, string? Field, string? Reason) Describe(RpcException error) =>
        (error.StatusCode, ErrorTrailers.ReadField(error), ErrorTrailers.ReadReason(error));

    private async Task<RenderResponse> RenderAsync(RenderRequest request) => await _fixture.Tracker.Rendering.RenderAsync(request);

    private async Task<RpcException> FailAsync(RenderRequest request) => await Assert.ThrowsAsync<RpcException>(() => RenderAsync(request));
}
