using Atropos.Hosting.Errors;
using Atropos.Tokenizer.V1;
using Atropos.TokenizerService.Output;
using OpenAI.V1;
using static Atropos.TokenizerService.Tests.TokenizerFixture;

namespace Atropos.TokenizerService.Tests.Grpc;

public sealed class OutputTests
{
    [Fact]
    public void Text_without_markers_comes_as_content_and_special_tokens_are_left_out()
    {
        var output = Calls.OpenOutput(new OpenOutput());

        var progress = Feed(output, last: true, [.. Encode("Hello there"), Id("<|im_end|>")]);

        Assert.Equal("Hello there", string.Concat(progress.Deltas.Select(delta => delta.Content)));
        Assert.False(progress.HasToolCalls);
    }

    [Fact]
    public void A_character_that_is_cut_between_tokens_is_held_until_it_is_whole()
    {
        var output = Calls.OpenOutput(new OpenOutput());
        var ids = Encode("🙂").ToArray();
        Assert.True(ids.Length > 1);

        for (var i = 0; i < ids.Length - 1; i++)
        {
            Assert.Empty(Feed(output, last: false, ids[i]).Deltas);
        }

        Assert.Equal("🙂", Feed(output, last: false, ids[^1]).Deltas[0].Content);
    }

    [Fact]
    public void A_stop_string_is_reported_with_the_token_that_completed_it()
    {
        var options = new OutputOptions { Stop = { "three" } };
        var output = Calls.OpenOutput(new OpenOutput { Options = options });
        int[] before = [.. Encode("one two")];
        int[] stop = [.. Encode(" three")];

        var progress = Feed(output, last: false, [.. before, .. stop, .. Encode(" four")]);

        Assert.Equal("three", progress.Stop);
        Assert.Equal(before.Length + stop.Length, progress.StopTokenCount);
        Assert.Equal("one two ", string.Concat(progress.Deltas.Select(delta => delta.Content)));
    }

    [Fact]
    public void Thinking_is_kept_apart_and_its_tokens_are_counted()
    {
        var output = Calls.OpenOutput(new OpenOutput { Options = new OutputOptions { ReasoningParser = "qwen3" } });

        var progress = Feed(output, last: true, [.. Encode("<think>\nhm\n</think>\n\nYes")]);

        Assert.Contains("hm", string.Concat(progress.Deltas.Select(delta => delta.Reasoning)), StringComparison.Ordinal);
        Assert.EndsWith("Yes", string.Concat(progress.Deltas.Select(delta => delta.Content)), StringComparison.Ordinal);
        Assert.InRange(progress.ReasoningTokenCount, 2, Encode("<think>\nhm\n</think>\n\n").Count());
    }

    [Fact]
    public void A_tool_call_is_parsed_whole_and_streamed_alike()
    {
        const string Text = "Let me see.<tool_call>\n{\"name\": \"f\", \"arguments\": {\"a\": 1}}\n</tool_call>";
        var options = new OutputOptions { ToolParser = "hermes", Tools = { new Tool { Type = "function", Function = new FunctionDefinition { Name = "f" } } } };

        var whole = Calls.ParseOutput(new ParseOutputRequest { Options = options, Text = Text });
        var output = Calls.OpenOutput(new OpenOutput { Options = options });
        var deltas = Encode(Text).SelectMany(id => Feed(output, last: false, id).Deltas).ToList();
        var end = Feed(output, last: true);
        deltas.AddRange(end.Deltas);

        Assert.True(end.HasToolCalls);
        Assert.Equal("f", Assert.Single(whole.ToolCalls).Function.Name);
        Assert.Equal("""{"a": 1}""", whole.ToolCalls[0].Function.Arguments);
        Assert.Equal("f", Assert.Single(deltas, delta => delta.ToolCallBegin is not null).ToolCallBegin.Name);
        Assert.Equal("""{"a": 1}""", string.Concat(deltas.Select(delta => delta.ToolCallArguments?.Fragment)));
        Assert.Equal(whole.Content, string.Concat(deltas.Select(delta => delta.Content)));
    }

    [Fact]
    public void An_id_that_only_the_models_padding_has_is_no_text()
    {
        int[] ids = [.. Encode("Hello"), 1_000_000, .. Encode(" there")];
        var output = Calls.OpenOutput(new OpenOutput());

        var progress = Feed(output, last: true, ids);
        var whole = Calls.ParseOutput(new ParseOutputRequest { TokenIds = new TokenIdList { Ids = { ids } } });
        var decoded = Calls.Decode(new DecodeRequest { TokenIds = { ids } });

        Assert.Equal("Hello there", string.Concat(progress.Deltas.Select(delta => delta.Content)));
        Assert.Equal("Hello there", whole.Content);
        Assert.Equal("Hello there", decoded.Text);
    }

    [Theory]
    [InlineData(" leading and  inner spaces ")]
    [InlineData("🙂 ▁ <|user|>")]
    public void Text_without_ids_is_parsed_as_it_is(string text)
    {
        var output = SmallTokenizer.Calls.OpenOutput(new OpenOutput());

        var deltas = text.EnumerateRunes().SelectMany(rune => output.Feed(new FeedOutput { UntrackedText = rune.ToString() }).Deltas).ToList();
        deltas.AddRange(output.Feed(new FeedOutput { Last = true }).Deltas);

        Assert.Equal(text, string.Concat(deltas.Select(delta => delta.Content)));
    }

    [Fact]
    public void Text_without_ids_ends_at_a_stop_string()
    {
        var output = Calls.OpenOutput(new OpenOutput { Options = new OutputOptions { Stop = { "three" } } });

        var first = output.Feed(new FeedOutput { UntrackedText = "one two th" });
        var second = output.Feed(new FeedOutput { UntrackedText = "ree four" });
        var third = output.Feed(new FeedOutput { UntrackedText = " five", Last = true });

        Assert.Equal("one two ", string.Concat(new[] { first, second, third }.SelectMany(part => part.Deltas).Select(delta => delta.Content)));
        Assert.Equal(("", "three", "three"), (first.Stop, second.Stop, third.Stop));
        Assert.False(second.HasStopTokenCount);
    }

    [Fact]
    public void Text_beside_ids_is_refused()
    {
        var output = Calls.OpenOutput(new OpenOutput());

        var error = Assert.Throws<AtroposException>(() => output.Feed(new FeedOutput { TokenIds = { 1 }, UntrackedText = "a" }));

        Assert.Equal("feed_output.untracked_text", error.Field);
    }

    [Fact]
    public void A_negative_id_is_refused_by_position()
    {
        var output = Calls.OpenOutput(new OpenOutput());

        var fed = Assert.Throws<AtroposException>(() => Feed(output, last: false, 1, -1));
        var parsed = Assert.Throws<AtroposException>(
            () => Calls.ParseOutput(new ParseOutputRequest { TokenIds = new TokenIdList { Ids = { 1, -1 } } }));
        var decoded = Assert.Throws<AtroposException>(() => Calls.Decode(new DecodeRequest { TokenIds = { 1, -1 } }));

        Assert.Equal(("feed_output.token_ids[1]", "token_ids.ids[1]", "token_ids[1]"), (fed.Field, parsed.Field, decoded.Field));
    }

    [Theory]
    [InlineData("nope", "", "options.tool_parser")]
    [InlineData("", "nope", "options.reasoning_parser")]
    public void An_unknown_parser_is_refused_with_the_known_ones(string tool, string reasoning, string field)
    {
        var options = new OutputOptions { ToolParser = tool, ReasoningParser = reasoning };

        var error = Assert.Throws<AtroposException>(() => Calls.OpenOutput(new OpenOutput { Options = options }));

        Assert.Equal(field, error.Field);
        Assert.Contains(field.Contains("tool", StringComparison.Ordinal) ? "hermes" : "qwen3", error.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<int> Encode(string text) => TokenizerFixture.Tokenizer.Encode(text, addSpecialTokens: false);

    private static OutputProgress Feed(OutputStream output, bool last, params int[] ids) =>
        output.Feed(new FeedOutput { TokenIds = { ids }, Last = last });
}
