using System.Text.Json;
using Atropos.SessionTracker.Tokenization;

namespace Atropos.SessionTracker.Tests.Tokenization;

public sealed class TokenizerInfoJsonTests
{
    [Fact]
    public void A_configuration_is_shown_with_tokens_by_their_text_and_without_files() => Assert.Equal(
        """
        {"bos_token":"<s>","truncation_side":"left","model_max_length":100,"added_tokens_decoder":{"0":"<s>"},"extra":[1.50,{"deep":null}],"tokenizer_class":"LlamaTokenizer","chat_template":"{{ '<s>' }}"}
        """,
        TokenizerInfoJson.Write(SmallTokenizer.Config, "{{ '<s>' }}"));

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("""{"tokenizer_class": null, "chat_template": [{"name": "default", "template": "x"}]}""")]
    public void A_class_is_told_in_any_case_and_a_template_only_where_there_is_one(string config) =>
        Assert.Equal("""{"tokenizer_class":"PreTrainedTokenizerFast"}""", TokenizerInfoJson.Write(config, chatTemplate: null));

    [Fact]
    public void Numbers_and_text_are_kept_as_they_were_written()
    {
        const string config = """{"model_max_length":1000000000000000019884624838656,"x":"日 \u0001 <"}""";

        var written = TokenizerInfoJson.Write(config, null);

        Assert.Contains("1000000000000000019884624838656", written);
        Assert.Equal("日 \u0001 <", JsonDocument.Parse(written).RootElement.GetProperty("x").GetString());
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("{}", null)]
    [InlineData("[]", null)]
    [InlineData("""{"truncation_side": "left"}""", "left")]
    public void The_truncation_side_is_what_the_configuration_says(string config, string? side) =>
        Assert.Equal(side, TokenizerInfoJson.TruncationSide(config));
}
