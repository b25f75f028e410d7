using Atropos.Tokenizer.V1;
using static Atropos.TokenizerService.Tests.SmallTokenizer;

namespace Atropos.TokenizerService.Tests.Templates;

/// <summary>The ids at the place where a continuation is put behind the tokens that were sampled.</summary>
public sealed class SpliceTests
{
    [Theory]
    [InlineData(StrippingEnd, "\n")]
    [InlineData(StrippingEnd, "\n  \nx")]
    [InlineData(NormalizedEnd, "\n")]
    [InlineData(NormalizedEnd, "")]
    public void What_follows_a_sampled_end_is_encoded_as_behind_it(string end, string separator)
    {
        var response = Continue(end, separator, Id(end));

        Assert.True(response.IsContinuation, response.ContinuationRefusal);
        Assert.Equal(Encode(end + separator + User + "More" + end + separator), response.TokenIds.Prepend(Id(end)));
        Assert.Equal(separator + User + "More" + end + separator, response.Text);
    }

    [Fact]
    public void Another_end_than_the_templates_is_left_context_too()
    {
        var response = Continue("\n" + User, "", Id(StrippingEnd));

        Assert.Equal(Encode(StrippingEnd + response.Text), response.TokenIds.Prepend(Id(StrippingEnd)));
        Assert.StartsWith("\n" + User, response.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_end_that_no_text_encodes_to_gives_the_whole_prompt_and_says_why()
    {
        var response = Continue(OrdinaryEnd, "\n", Id(OrdinaryEnd));

        Assert.False(response.IsContinuation);
        Assert.Contains(OrdinaryEnd, response.ContinuationRefusal, StringComparison.Ordinal);
        Assert.Equal(Encode(response.Text), response.TokenIds);
    }

    [Fact]
    public void An_answer_that_was_cut_is_closed_as_the_template_closes_it()
    {
        var response = Continue(StrippingEnd, "\n", [.. Encode("Hello")]);

        Assert.StartsWith(StrippingEnd + "\n", response.Text, StringComparison.Ordinal);
        Assert.Equal(Encode(response.Text), response.TokenIds);
    }

    private static RenderChatResponse Continue(string end, string separator, params int[] lastIds)
    {
        var request = TokenizerFixture.Render(
            TokenizerFixture.Message("user", "Hi"), TokenizerFixture.Message("assistant", "Hello"), TokenizerFixture.Message("user", "More"));
        request.ChatTemplate =
            "{% for m in messages %}{% if m.role == 'user' %}{{ '" + User + "' }}{% endif %}{{ m.content + '"
            + (end + separator).Replace("\n", "\\n", StringComparison.Ordinal) + "' }}{% endfor %}";
        request.Continuation = new Continuation { MatchedMessages = 2, LastTokenIds = { lastIds } };
        return Calls.RenderChat(request);
    }
}
