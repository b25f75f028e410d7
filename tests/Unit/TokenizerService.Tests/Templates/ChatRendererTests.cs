using Atropos.Hosting.Errors;
using Atropos.Tokenizer.V1;
using Grpc.Core;
using OpenAI.V1;
using static Atropos.TokenizerService.Tests.TokenizerFixture;

namespace Atropos.TokenizerService.Tests.Templates;

public sealed class ChatRendererTests
{
    [Fact]
    public void A_whole_prompt_ends_with_the_opening_of_an_answer()
    {
        var response = Calls.RenderChat(Render(Message("system", "Be brief."), Message("user", "Hi")));

        Assert.Equal(
            "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n", response.Text);
        Assert.Equal(response.Text, Decode(response.TokenIds));
        Assert.False(response.IsContinuation);
    }

    [Fact]
    public void Without_generation_prompt_nothing_is_opened()
    {
        var request = Render(Message("user", "Hi"));
        request.AddGenerationPrompt = false;

        Assert.Equal("<|im_start|>user\nHi<|im_end|>\n", Calls.RenderChat(request).Text);
    }

    [Fact]
    public void A_continued_final_message_is_left_open()
    {
        var request = Render(Message("user", "Hi"), Message("assistant", "Well, "));
        request.ContinueFinalMessage = true;

        Assert.EndsWith("<|im_start|>assistant\nWell, ", Calls.RenderChat(request).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_of_text_are_text()
    {
        var parts = new ContentParts();
        parts.Parts.Add(new ContentPart { Type = "text", Text = "Hi" });

        var response = Calls.RenderChat(Render(new ChatMessage { Role = "user", Content = new MessageContent { Parts = parts } }));

        Assert.StartsWith("<|im_start|>user\nHi<|im_end|>", response.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Tools_keep_the_order_and_numbers_of_their_schema()
    {
        var request = Render(Message("user", "Hi"));
        request.Tools.Add(new Tool
        {
            Type = "function",
            Function = new FunctionDefinition { Name = "f", Parameters = """{"z": 1.0, "a": [1, 2.50]}""" },
        });

        Assert.Contains(
            """{"type": "function", "function": {"name": "f", "parameters": {"z": 1.0, "a": [1, 2.5]}}}""",
            Calls.RenderChat(request).Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Template_arguments_reach_the_template()
    {
        var request = Render(Message("user", "Hi"));
        request.ChatTemplateKwargs = """{"enable_thinking": false}""";

        Assert.EndsWith("assistant\n<think>\n\n</think>\n\n", Calls.RenderChat(request).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ messages[0].content }}<think>\n", true)]
    [InlineData("{{ messages[0].content }}<think>\n</think>\n", false)]
    public void A_prompt_that_opens_a_thinking_block_says_so(string template, bool expected)
    {
        var request = Render(Message("user", "Hi"));
        request.ChatTemplate = template;

        Assert.Equal(expected, Calls.RenderChat(request).StartsInReasoning);
    }

    [Fact]
    public void A_template_that_raises_is_an_invalid_argument_with_its_words()
    {
        var request = Render(Message("user", "Hi"));
        request.ChatTemplate = "{{ raise_exception('Only poems, please.') }}";

        var error = Assert.Throws<AtroposException>(() => Calls.RenderChat(request));

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Contains("Only poems, please.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_messages_are_refused_by_name()
    {
        var error = Assert.Throws<AtroposException>(() => Calls.RenderChat(Render()));

        Assert.Equal("messages", error.Field);
    }

    [Fact]
    public void A_node_s_last_ids_are_checked_by_name()
    {
        var request = Render(Message("user", "Hi"), Message("assistant", "x"));
        request.Continuation = new Continuation { MatchedMessages = 2, LastTokenIds = { 5, -1 } };

        var error = Assert.Throws<AtroposException>(() => Calls.RenderChat(request));

        Assert.Equal((StatusCode.InvalidArgument, "continuation.last_token_ids[1]"), (error.StatusCode, error.Field));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void Given_messages_have_to_be_before_the_answer(int position)
    {
        var request = Render(Message("user", "Hi"), Message("assistant", "x"));
        request.Continuation = new Continuation { MatchedMessages = 2, GivenMessages = { position } };

        var error = Assert.Throws<AtroposException>(() => Calls.RenderChat(request));

        Assert.Equal((StatusCode.InvalidArgument, "continuation.given_messages"), (error.StatusCode, error.Field));
    }
}
