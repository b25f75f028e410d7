using Atropos.Hosting.Errors;
using Atropos.Sessions.V1;
using Atropos.SessionTracker.Stores;
using Atropos.SessionTracker.Tests.Support;
using Atropos.SessionTracker.Tests.Tokenization;
using Grpc.Core;
using OpenAI.V1;

namespace Atropos.SessionTracker.Tests.Sessions;

public sealed class SessionTemplateTests : IAsyncDisposable
{
    private const string Template =
        "{% for m in messages %}<{{ m.role }}>{{ m.content }}{% endfor %}{{ style | default('plain') }}{{ size | default('') }}";

    private readonly TokenizerFixture _fixture = new();

    private Tracker Tracker => _fixture.Tracker;

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task A_session_s_template_and_values_are_those_of_its_turns()
    {
        var uuid = await CreateAsync();

        Assert.Equal("<user>Hicurly1.0", await TextAsync(uuid, Chat.Request(Chat.User("Hi"))));
        Assert.DoesNotContain("curly", await TextAsync("", Chat.Request(Chat.User("Hi"))));
    }

    [Fact]
    public async Task Turns_of_a_session_s_template_are_one_node_of_what_the_preview_shows()
    {
        var uuid = await Tracker.CreateSessionAsync(
            new CreateSessionRequest { ChatTemplate = "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}<|im_start|>assistant\n" });
        var messages = new List<ChatMessage> { Chat.User("Hi") };
        for (var turn = 0; turn < 3; turn++)
        {
            var preview = await Tracker.Completions.RenderChatCompletionAsync(
                new RenderChatCompletionRequest { Uuid = uuid, Request = Chat.Request(messages) });
            Tracker.Answer(new ScriptedChoice(534, 562, 4091));
            messages.Add(Chat.Echo((await Tracker.ChatAsync(uuid, Chat.Request(messages))).Completion.Choices[0].Message));
            messages.Add(Chat.User("More"));

            Assert.Equal(preview.TokenIds, Tracker.Router.Requests[turn].Tokens.TokenIds);
            Assert.Equal(turn > 0, preview.ReusedTokens > 0);
        }

        Assert.Equal(3, Assert.Single(await Tracker.NodesAsync(uuid)).Metadata.TurnCount);
        Assert.Equal(0, (await Tracker.DescribeAsync(uuid)).ContinuityFallbacks);
    }

    [Fact]
    public async Task The_opening_of_an_answer_that_nothing_was_sampled_of_is_not_its_end()
    {
        var uuid = await Tracker.CreateSessionAsync(
            new CreateSessionRequest { ChatTemplate = "{% for m in messages %}{{ ('<|im_start|>' if m.role == 'assistant' else '') + m.content }}{% endfor %}{{ '<|im_start|>' if add_generation_prompt }}" });
        Tracker.Answer(new ScriptedChoice { Finish = Router.V1.FinishReason.Abort });
        await Tracker.ChatAsync(uuid, Chat.Request(Chat.User("Hi")));

        var request = Chat.Request(Chat.User("Hi"), Chat.Assistant(""), Chat.Assistant("given"));
        var preview = await Tracker.Completions.RenderChatCompletionAsync(new RenderChatCompletionRequest { Uuid = uuid, Request = request });

        Assert.True(preview.ReusedTokens > 0);
        Assert.Equal("Hi<|im_start|><|im_start|>given<|im_start|>", preview.PromptText);
    }

    [Theory]
    [InlineData("append", false)]
    [InlineData("keep", true)]
    public async Task Thinking_that_was_given_goes_where_the_template_drops_it_unless_it_is_kept(string policy, bool stays)
    {
        const string Drops =
            "{% set ns = namespace(last=0) %}{% for m in messages %}{% if m.role == 'user' %}{% set ns.last = loop.index0 %}{% endif %}{% endfor %}"
            + "{% for m in messages %}{{ '<|im_start|>' + m.role + ':' + ('<think>' + m.reasoning_content + '</think>' if m.reasoning_content and loop.index0 > ns.last else '') + m.content + '<|im_end|>' }}{% endfor %}"
            + "{{ '<|im_start|>assistant:' if add_generation_prompt }}";
        var uuid = await Tracker.CreateSessionAsync(new CreateSessionRequest { ChatTemplate = Drops, HistoryPolicy = policy });
        var given = Chat.Assistant("g");
        given.ReasoningContent = "Hm.";
        var messages = new List<ChatMessage> { Chat.User("a"), given, Chat.System("s") };
        Tracker.Answer(new ScriptedChoice(534, 562, 4091));
        messages.Add(Chat.Echo((await Tracker.ChatAsync(uuid, Chat.Request(messages))).Completion.Choices[0].Message));
        messages.Add(Chat.User("b"));

        var preview = await Tracker.Completions.RenderChatCompletionAsync(
            new RenderChatCompletionRequest { Uuid = uuid, Request = Chat.Request(messages) });

        Assert.Equal(stays, preview.PromptText.Contains("Hm.", StringComparison.Ordinal));
        Assert.Equal(stays, preview.ReusedTokens > 0);
    }

    [Fact]
    public async Task A_request_s_own_win_key_by_key()
    {
        var uuid = await CreateAsync();
        var values = Chat.Request(Chat.User("Hi"));
        values.ChatTemplateKwargs = """{"size": 2}""";
        var template = Chat.Request(Chat.User("Hi"));
        template.ChatTemplate = "{{ style }}!";
        var own = Chat.Request(Chat.User("Hi"));
        own.ChatTemplate = "";

        Assert.Equal("<user>Hicurly2", await TextAsync(uuid, values));
        Assert.Equal("curly!", await TextAsync(uuid, template));
        Assert.StartsWith("<|im_start|>user", await TextAsync(uuid, own), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_are_told_with_the_session_and_survive_a_restart()
    {
        var uuid = await CreateAsync();

        var stored = await Tracker.Store.FindSessionAsync(uuid, CancellationToken.None);
        var described = await Tracker.DescribeAsync(uuid);

        Assert.Equal((Template, """{"style": "curly", "size": 1.0}"""), (described.ChatTemplate, described.ChatTemplateKwargs));
        Assert.Equal(described.ChatTemplate, stored!.ChatTemplate);
        var read = RecordFormat.ReadSession(RecordFormat.Write(described), uuid, default);
        Assert.Equal((described.ChatTemplate, described.ChatTemplateKwargs), (read.ChatTemplate, read.ChatTemplateKwargs));
    }

    [Fact]
    public async Task A_session_without_any_has_none()
    {
        var described = await Tracker.DescribeAsync(await Tracker.CreateSessionAsync(new CreateSessionRequest { ChatTemplate = "" }));

        Assert.False(described.HasChatTemplate);
        Assert.False(described.HasChatTemplateKwargs);
    }

    [Theory]
    [InlineData("a\n{% for %}", "{}", "chat_template", "(line 2)")]
    [InlineData("{{ 'x' * 999999999 }}", "{}", "chat_template", "limit")]
    [InlineData("", "[1]", "chat_template_kwargs", "an array")]
    [InlineData("x", "{", "chat_template_kwargs", "is not JSON")]
    [InlineData("x{{ y }}", """{"messages": []}""", "chat_template_kwargs.messages", "cannot be a template argument")]
    [InlineData("", """{"tools": []}""", "chat_template_kwargs.tools", "cannot be a template argument")]
    public async Task What_no_turn_could_use_is_refused_at_once(string template, string values, string field, string problem)
    {
        var error = await Assert.ThrowsAsync<RpcException>(
            () => Tracker.CreateSessionAsync(new CreateSessionRequest { ChatTemplate = template, ChatTemplateKwargs = values }));

        Assert.Equal((StatusCode.InvalidArgument, field), (error.StatusCode, ErrorTrailers.ReadField(error)));
        Assert.Contains(problem, error.Status.Detail);
    }

    [Fact]
    public async Task A_template_that_refuses_some_conversations_is_taken()
    {
        const string Strict = "{% if messages[0].role != 'system' %}{{ raise_exception('system first') }}{% endif %}ok";
        var uuid = await Tracker.CreateSessionAsync(new CreateSessionRequest { ChatTemplate = Strict });

        Assert.Equal("ok", await TextAsync(uuid, Chat.Request(Chat.System("s"))));
        var error = await Assert.ThrowsAsync<RpcException>(() => TextAsync(uuid, Chat.Request(Chat.User("u"))));
        Assert.EndsWith(": system first", error.Status.Detail, StringComparison.Ordinal);
    }

    private Task<string> CreateAsync() => Tracker.CreateSessionAsync(
        new CreateSessionRequest { ChatTemplate = Template, ChatTemplateKwargs = """{"style": "curly", "size": 1.0}""" });

    private async Task<string> TextAsync(string uuid, ChatCompletionRequest request) =>
        (await Tracker.Completions.RenderChatCompletionAsync(new RenderChatCompletionRequest { Uuid = uuid, Request = request })).PromptText;
}
