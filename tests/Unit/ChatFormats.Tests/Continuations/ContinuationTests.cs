using System.Text.Json;
using Atropos.ChatFormats.Continuations;
using Atropos.ChatFormats.Templates;
using Atropos.Jinja;
using Atropos.TestSupport;
using Atropos.Tokenizers;
using static Atropos.ChatFormats.Tests.Continuations.FamilyTemplates;
using static Atropos.ChatFormats.Tests.Continuations.SmallConversation;

namespace Atropos.ChatFormats.Tests.Continuations;

public sealed class ContinuationTests
{
    private static readonly Tokenizer ByteLevel = SmallTokenizers.ByteLevel(SpecialTokens);
    private static readonly Tokenizer SentencePiece = SmallTokenizers.SentencePiece(SpecialTokens);

    [Theory]
    [InlineData(Qwen, "Hello<|im_end|>", "\n<|im_start|>user\nMore<|im_end|>\n<|im_start|>assistant\n")]
    [InlineData(Llama3, "Hello<|eot_id|>", "<|start_header_id|>user<|end_header_id|>\n\nMore<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n")]
    [InlineData(Glm, "Hello<|user|>", "\nMore<|assistant|>\n")]
    [InlineData(Harmony, "<|channel|>final<|message|>Hello<|return|>", "<|start|>user<|message|>More<|end|><|start|>assistant")]
    [InlineData(Mistral, "Hello</s>", "[INST]More[/INST]")]
    [InlineData(Vicuna, " Hello</s>", "\nUSER: More\nASSISTANT:")]
    public void A_sampled_end_is_followed_by_what_the_template_puts_behind_it(string template, string sampled, string expected) =>
        Assert.Equal(expected, Continue(template, sampled, 2, User, Said, More).Text);

    [Theory]
    [InlineData(Qwen, "Hel", "<|im_end|>\n<|im_start|>user\nMore<|im_end|>\n<|im_start|>assistant\n")]
    [InlineData(Llama3, "Hel", "<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nMore<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n")]
    [InlineData(Glm, "Hel", "<|user|>\nMore<|assistant|>\n")]
    [InlineData(Harmony, "<|channel|>final<|message|>Hel", "<|end|><|start|>user<|message|>More<|end|><|start|>assistant")]
    [InlineData(Vicuna, " Hel", "</s>\nUSER: More\nASSISTANT:")]
    public void An_answer_that_was_cut_off_is_closed_first(string template, string sampled, string expected) =>
        Assert.Equal(expected, Continue(template, sampled, 2, User, Said, More).Text);

    [Theory]
    [InlineData(Qwen, "<tool_call>\n{\"name\":\"f\",\"arguments\":{\"x\":1}}\n</tool_call><|im_end|>", "\n<|im_start|>user\n<tool_response>\n42\n</tool_response><|im_end|>\n<|im_start|>assistant\n")]
    [InlineData(Qwen, "<tool_call>\n{\"name\":\"f\",\"arguments\":{\"x\":1}}\n</tool_call>", "<|im_end|>\n<|im_start|>user\n<tool_response>\n42\n</tool_response><|im_end|>\n<|im_start|>assistant\n")]
    [InlineData(Llama3, "{\"name\": \"f\", \"parameters\": {\"x\": 1}}<|eom_id|>", "<|start_header_id|>ipython<|end_header_id|>\n\n42<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n")]
    [InlineData(Llama3, "{\"name\": \"f\", \"parameters\": {\"x\": 1}}<|eot_id|>", "<|start_header_id|>ipython<|end_header_id|>\n\n42<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n")]
    [InlineData(Glm, "<tool_call>f<arg>{\"x\": 1}</arg></tool_call><|observation|>", "\n<tool_response>42</tool_response><|assistant|>\n")]
    [InlineData(Glm, "<tool_call>f<arg>{\"x\": 1}</arg></tool_call>", "<|observation|>\n<tool_response>42</tool_response><|assistant|>\n")]
    [InlineData(Harmony, " to=functions.f<|channel|>commentary json<|message|>{\"x\":1}<|call|>", "<|start|>functions.f to=assistant<|channel|>commentary<|message|>42<|end|><|start|>assistant")]
    public void Tool_results_follow_calls(string template, string sampled, string expected) =>
        Assert.Equal(expected, Continue(template, sampled, 2, User, Call, Result).Text);

    [Fact]
    public void A_sampled_token_that_opens_another_turn_than_the_one_that_follows_stays()
    {
        var found = Continue(Glm, "Hello<|observation|>", 2, User, Said, More);

        Assert.Equal("<|user|>\nMore<|assistant|>\n", found.Text);
    }

    [Fact]
    public void A_sampled_end_that_is_not_the_templates_stays_and_the_turn_is_closed() =>
        Assert.StartsWith("<|im_end|>\n<|im_start|>user", Continue(Qwen, "Hello<|endoftext|>", 2, User, Said, More).Text, StringComparison.Ordinal);

    [Fact]
    public void A_white_space_before_the_end_that_was_not_sampled_is_not_added_behind_it() =>
        Assert.Equal(
            "\n<|user|>More",
            Continue("{% for m in messages %}{{ '<|' + m.role + '|>' + m.content + ('\n<|end|>\n' if m.role == 'assistant' else '') }}{% endfor %}", "Hello<|end|>", 2, User, Said, More).Text);

    [Fact]
    public void Ends_of_turns_in_what_people_say_are_not_taken_for_the_answers() =>
        Assert.Equal(
            "\n<|im_start|>user\n<|im_end|>More<|im_end|>\n<|im_start|>assistant\n",
            Continue(
                Qwen, "Hel<|im_end|>lo<|im_end|>", 2, """{"role": "user", "content": "<|im_end|>"}""", """{"role": "assistant", "content": "Hel<|im_end|>lo"}""",
                """{"role": "user", "content": "<|im_end|>More"}""").Text);

    [Fact]
    public void Earlier_thinking_that_the_template_drops_does_not_stand_in_the_way()
    {
        const string Thought = """{"role": "assistant", "content": null, "reasoning_content": "Hm.", "tool_calls": [{"id": "callid001", "type": "function", "function": {"name": "f", "arguments": "{}"}}]}""";

        var found = Continue(Qwen, "<think>\nSo.\n</think>\n\nHello<|im_end|>", 4, User, Thought, Result, Said, More);

        Assert.Equal("\n<|im_start|>user\nMore<|im_end|>\n<|im_start|>assistant\n", found.Text);
    }

    [Fact]
    public void A_template_that_renders_earlier_messages_otherwise_gives_no_continuation()
    {
        var tools = Json("""[{"type": "function", "function": {"name": "f", "parameters": {}}}]""") as JinjaList;

        var found = Find(ByteLevel, Mistral, "Hello</s>", 2, [User, Said, More], out var refusal, input => input with { Tools = tools });

        Assert.Null(found);
        Assert.Equal("The chat template renders earlier messages otherwise once others follow.", refusal);
    }

    [Fact]
    public void What_was_sent_stays_where_that_is_asked_for()
    {
        var tools = Json("""[{"type": "function", "function": {"name": "f", "parameters": {}}}]""") as JinjaList;

        var found = Find(ByteLevel, Mistral, "Hello</s>", 2, [User, Said, More], out _, input => input with { Tools = tools }, keepHistory: true);

        Assert.EndsWith("[INST]More[/INST]", found?.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_template_that_renders_earlier_messages_as_before_gives_one_also_where_it_might_not()
    {
        var tools = Json("""[{"type": "function", "function": {"name": "f", "parameters": {}}}]""") as JinjaList;

        var found = Find(ByteLevel, Mistral, "[TOOL_CALLS]{\"x\": 1}</s>", 2, [User, Call, Result], out _, input => input with { Tools = tools });

        Assert.Equal("[TOOL_RESULTS]42[/TOOL_RESULTS]", found?.Text);
    }

    [Theory]
    [InlineData("Hello<|im_end|>", "\n<|im_start|>user\nMore")]
    [InlineData("Hel", "<|im_end|>\n<|im_start|>user\nMore")]
    public void The_ids_of_a_continuation_are_those_of_the_text_behind_the_sampled_tokens(string sampled, string beginning)
    {
        foreach (var tokenizer in new[] { ByteLevel, SentencePiece })
        {
            var found = Find(tokenizer, Qwen, sampled, 2, [User, Said, More], out _)!;

            Assert.StartsWith(beginning, found.Text, StringComparison.Ordinal);
            int[] together = [.. tokenizer.Encode("<|im_start|>" + sampled, addSpecialTokens: false), .. found.TokenIds];
            Assert.Equal(tokenizer.Encode("<|im_start|>" + sampled + found.Text, addSpecialTokens: false), together);
        }
    }

    [Fact]
    public void No_space_is_put_before_text_that_follows_ordinary_tokens()
    {
        // A tokenizer that puts a space before every text, and a closing that is no special token.
        const string Plain = "{% for m in messages %}{{ m.content + ('END' if m.role == 'assistant' else '') }}{% endfor %}";

        var found = Find(SentencePiece, Plain, "Hello", 2, [User, Said, More], out _)!;

        Assert.Equal("ENDMore", found.Text);
        Assert.Equal("E", SentencePiece.IdToToken(found.TokenIds[0]));
    }

    private static Continuation Continue(string template, string sampled, int matched, params string[] messages)
    {
        var found = Find(ByteLevel, template, sampled, matched, messages, out var refusal);
        Assert.True(found is not null, refusal);
        Assert.Equal(found.Text, ByteLevel.Decode([.. found.TokenIds], skipSpecialTokens: false));
        return found;
    }

    private static Continuation? Find(
        Tokenizer tokenizer, string template, string sampled, int matched, string[] messages, out string? refusal, Func<TemplateInput, TemplateInput>? change = null,
        bool keepHistory = false)
    {
        var input = new TemplateInput { Messages = [.. messages.Select(message => (JinjaDict)Json(message)!)] };
        return Continuation.Find(
            ChatTemplate.Parse(template), tokenizer, change?.Invoke(input) ?? input, matched,
            tokenizer.Encode("<|im_start|>" + sampled, addSpecialTokens: false)[1..], keepHistory, out refusal);
    }

    private static object? Json(string json)
    {
        using var document = JsonDocument.Parse(json);
        return JinjaValue.FromJson(document.RootElement);
    }
}
