using System.Text.Json;
using System.Text.Json.Nodes;
using Atropos.ChatFormats.Continuations;
using Atropos.ChatFormats.Templates;
using Atropos.Jinja;
using Atropos.TestSupport;
using Atropos.Tokenizers;
using static Atropos.ChatFormats.Tests.Continuations.FamilyTemplates;
using static Atropos.ChatFormats.Tests.Continuations.SmallConversation;

namespace Atropos.ChatFormats.Tests.Continuations;

public sealed class ContinuationEdgeTests
{
    private const string HistoryChanges = "The chat template renders earlier messages otherwise once others follow.";

    private static readonly Tokenizer ByteLevel = SmallTokenizers.ByteLevel(SpecialTokens);
    private static readonly Tokenizer UnknownIsFirst = SmallTokenizers.SentencePiece(["<unk>", .. SpecialTokens]);

    [Fact]
    public void A_cut_call_that_nothing_tells_from_its_closing_is_refused_also_where_the_first_id_is_special()
    {
        const string Plain =
            "{% for m in messages %}{% if m.tool_calls %}{{ 'CALL' + m.tool_calls[0].function.arguments | tojson + '!' }}"
            + "{% else %}{{ m.role + ':' + m.content + ('.' if m.role == 'assistant' else ';') }}{% endif %}{% endfor %}";

        var found = Find(UnknownIsFirst, ChatTemplate.Parse(Plain), "zzzzzz", 2, [User, Call, Result], out var refusal);

        Assert.Null(found);
        Assert.Equal("The chat template does not let the text after an answer be told apart from the answer.", refusal);
    }

    [Fact]
    public void Every_rendering_that_is_compared_sees_one_time()
    {
        const string Dated =
            "{% for m in messages %}{{ '<|im_start|>' + m.role + '\n' }}{% if m.tool_calls %}{{ m.tool_calls[0].function.arguments | tojson }}{% else %}{{ m.content }}{% endif %}"
            + "{{ ' END' + strftime_now('%H:%M:%S') + '\n' }}{% endfor %}";

        var found = Find(ByteLevel, ChatTemplate.Parse(Dated, timeProvider: new RunningClock()), "{\"x\": 1}", 2, [User, Call, Result], out var refusal);

        Assert.True(found is not null, refusal);
        Assert.StartsWith(" END", found.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_words_that_are_trimmed_once_others_follow_are_another_history()
    {
        const string Trims = "{% for m in messages %}<|im_start|>{{ m.role }}:{{ m.content if loop.revindex < 4 or m.role == 'assistant' else m.content | trim }}<|im_end|>{% endfor %}<|im_start|>assistant:";

        var found = Find(
            ByteLevel, ChatTemplate.Parse(Trims), "Hello<|im_end|>", 4,
            ["""{"role": "user", "content": "Hi \n"}""", Said, More, Said, More], out var refusal);

        Assert.Null(found);
        Assert.Equal(HistoryChanges, refusal);
    }

    [Fact]
    public void A_template_that_begins_otherwise_without_an_opening_hides_no_change()
    {
        var tools = Json("""[{"type": "function", "function": {"name": "f", "parameters": {}}}]""") as JinjaList;

        var found = Find(
            ByteLevel, ChatTemplate.Parse("{{- '' if add_generation_prompt else 'Read:' }}" + Mistral), "Hello</s>", 2, [User, Said, More], out var refusal,
            input => input with { Tools = tools });

        Assert.Null(found);
        Assert.Equal(HistoryChanges, refusal);
    }

    [Fact]
    public void Renderings_that_take_too_long_together_give_no_continuation()
    {
        var template = ChatTemplate.Parse(Qwen, timeProvider: new RunningClock(TimeSpan.FromSeconds(2)));

        var found = Find(ByteLevel, template, "Hello<|im_end|>", 2, [User, Said, More], out var refusal);

        Assert.Null(found);
        Assert.Equal("The chat template takes too long to find out what follows an answer.", refusal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Thinking_that_was_sampled_stays_and_thinking_that_was_given_is_another_history_where_it_is_dropped(bool given)
    {
        const string Thought = """{"role": "assistant", "content": null, "reasoning_content": "Hm.", "tool_calls": [{"id": "callid001", "type": "function", "function": {"name": "f", "arguments": "{}"}}]}""";

        var found = Find(
            ByteLevel, ChatTemplate.Parse(Qwen), "Hello<|im_end|>", 4, [User, Thought, Result, Said, More], out var refusal, given: given ? [1] : []);

        Assert.Equal(given, found is null);
        Assert.Equal(given ? HistoryChanges : null, refusal);
    }

    [Fact]
    public void Given_answers_stand_where_the_template_prints_them_as_before()
    {
        var found = Find(
            ByteLevel, ChatTemplate.Parse(Qwen), "Hello<|im_end|>", 4, [User, Said, More, Said, More], out var refusal, given: [1]);

        Assert.True(found is not null, refusal);
        Assert.Equal("\n<|im_start|>user\nMore<|im_end|>\n<|im_start|>assistant\n", found.Text);
    }

    [Theory]
    [InlineData("rstrip")]
    [InlineData("lstrip")]
    public void Tokens_that_take_in_white_space_do_so_in_a_continuation(string flag)
    {
        const string Phi = "{% for m in messages %}{{ '<|' + m.role + '|>\\n' + m.content + '<|end|>\\n' }}{% endfor %}{{ '<|assistant|>\\n' if add_generation_prompt }}";
        foreach (var tokenizer in new[] { SmallTokenizers.ByteLevel(SpecialTokens, Strips), SmallTokenizers.SentencePiece(SpecialTokens, Strips) })
        {
            var found = Find(tokenizer, ChatTemplate.Parse(Phi), "Hello<|end|>", 2, [User, Said, More], out _)!;

            Assert.Equal("\n<|user|>\nMore<|end|>\n<|assistant|>\n", found.Text);
            int[] together = [.. tokenizer.Encode("<|im_start|>Hello<|end|>", addSpecialTokens: false), .. found.TokenIds];
            Assert.Equal(tokenizer.Encode("<|im_start|>Hello<|end|>" + found.Text, addSpecialTokens: false), together);
        }

        void Strips(JsonObject token) => token[flag] = true;
    }

    [Theory]
    [InlineData("ATROPOSANSWER0X")]
    [InlineData("ATROPOSANSWER0X1Y ATROPOSANSWER1X ATROPOSANSWER2X1YATROPOSANSWER")]
    [InlineData("ATROPOSANSWER99999999999999999999X1YATROPOSANSWERATROPOSANSWER0XATROPOSANSWER00X")]
    public void Words_that_stand_in_are_none_that_somebody_said(string words)
    {
        var said = JsonSerializer.Serialize(new { role = "user", content = words });

        var found = Find(ByteLevel, ChatTemplate.Parse(Qwen), "Hello<|im_end|>", 4, [said, Said, said, Said, said], out var refusal);

        Assert.True(found is not null, refusal);
        Assert.Equal($"\n<|im_start|>user\n{words}<|im_end|>\n<|im_start|>assistant\n", found.Text);
    }

    private static Continuation? Find(
        Tokenizer tokenizer, ChatTemplate template, string sampled, int matched, string[] messages, out string? refusal, Func<TemplateInput, TemplateInput>? change = null,
        int[]? given = null)
    {
        var input = new TemplateInput { Messages = [.. messages.Select(message => (JinjaDict)Json(message)!)] };
        return Continuation.Find(
            template, tokenizer, change?.Invoke(input) ?? input, matched,
            tokenizer.Encode("<|im_start|>" + sampled, addSpecialTokens: false)[1..], keepHistory: false, out refusal, given);
    }

    private static object? Json(string json)
    {
        using var document = JsonDocument.Parse(json);
        return JinjaValue.FromJson(document.RootElement);
    }
}
