using Atropos.Tokenizer.V1;
using OpenAI.V1;
using static Atropos.TokenizerService.Tests.TokenizerFixture;

namespace Atropos.TokenizerService.Tests.Templates;

public sealed class ContinuationTests
{
    private const string NextTurn = "<|im_start|>user\nMore<|im_end|>\n<|im_start|>assistant\n";

    [Fact]
    public void An_end_of_turn_that_was_sampled_is_not_added_again()
    {
        var response = Continue([Id("<|im_end|>")], Message("user", "Hi"), Message("assistant", "Hello"), Message("user", "More"));

        Assert.True(response.IsContinuation);
        Assert.Equal("\n" + NextTurn, response.Text);
        Assert.Equal(response.Text, Decode(response.TokenIds));
    }

    [Fact]
    public void An_end_of_turn_that_was_not_sampled_is_added_as_prompt()
    {
        var response = Continue(
            [.. TokenizerFixture.Tokenizer.Encode("Hello", addSpecialTokens: false)],
            Message("user", "Hi"), Message("assistant", "Hello"), Message("user", "More"));

        Assert.Equal("<|im_end|>\n" + NextTurn, response.Text);
    }

    [Fact]
    public void Another_end_token_is_kept_and_the_turn_is_closed_as_the_template_closes_it()
    {
        var response = Continue([Id("<|endoftext|>")], Message("user", "Hi"), Message("assistant", "Hello"), Message("user", "More"));

        Assert.Equal("<|im_end|>\n" + NextTurn, response.Text);
    }

    [Fact]
    public void The_same_words_in_a_users_message_are_not_taken_for_the_answer()
    {
        var response = Continue(
            [Id("<|im_end|>")], Message("user", "ATROPOSANSWER0X"), Message("assistant", "ATROPOSANSWER1X"), Message("user", "More"));

        Assert.Equal("\n" + NextTurn, response.Text);
    }

    [Fact]
    public void Tool_results_follow_tool_calls()
    {
        var calls = new ChatMessage { Role = "assistant" };
        calls.ToolCalls.Add(new ToolCall { Id = "a", Type = "function", Function = new FunctionCall { Name = "f", Arguments = "{}" } });

        var response = Continue([Id("<|im_end|>")], Message("user", "Hi"), calls, Message("tool", "42"));

        Assert.Equal("\n<|im_start|>user\n<tool_response>\n42\n</tool_response><|im_end|>\n<|im_start|>assistant\n", response.Text);
    }

    [Fact]
    public void A_template_that_wants_tool_calls_before_tool_results_is_continued_by_difference()
    {
        const string Strict =
            """
            {%- for m in messages %}{% if m.role == 'tool' and not messages[loop.index0 - 1].tool_calls %}{{ raise_exception('no calls') }}{% endif %}
            {{- '<|im_start|>' + m.role + '\n' + (m.content or '') + '<|im_end|>\n' }}{% endfor %}
            {%- if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}
            """;
        var calls = new ChatMessage { Role = "assistant" };
        calls.ToolCalls.Add(new ToolCall { Id = "a", Type = "function", Function = new FunctionCall { Name = "f", Arguments = "{}" } });

        var response = Continue(
            [Id("<|im_end|>")], request => request.ChatTemplate = Strict, Message("user", "Hi"), calls, Message("tool", "42"));

        Assert.True(response.IsContinuation, response.ContinuationRefusal);
        Assert.Equal("\n<|im_start|>tool\n42<|im_end|>\n<|im_start|>assistant\n", response.Text);
    }

    [Fact]
    public void A_template_that_hides_answers_gives_the_whole_prompt_and_says_why()
    {
        var response = Continue(
            [Id("<|im_end|>")],
            request => request.ChatTemplate = "{% for m in messages if m.role == 'user' %}{{ m.content }}{% endfor %}",
            Message("user", "Hi"), Message("assistant", "Hello"), Message("user", "More"));

        Assert.False(response.IsContinuation);
        Assert.NotEmpty(response.ContinuationRefusal);
        Assert.Equal("HiMore", response.Text);
    }

    private static RenderChatResponse Continue(int[] lastIds, params ChatMessage[] messages) =>
        Continue(lastIds, _ => { }, messages);

    private static RenderChatResponse Continue(int[] lastIds, Action<RenderChatRequest> change, params ChatMessage[] messages)
    {
        var request = Render(messages);
        request.Continuation = new Continuation { MatchedMessages = 2 };
        request.Continuation.LastTokenIds.AddRange(lastIds);
        change(request);
        return Calls.RenderChat(request);
    }
}
