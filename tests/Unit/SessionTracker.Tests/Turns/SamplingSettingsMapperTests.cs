using Atropos.Router.V1;
using Atropos.SessionTracker.Turns;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Atropos.SessionTracker.Tests.Turns;

public sealed class SamplingSettingsMapperTests
{
    [Theory]
    [InlineData("""{"guided_json": {"type": "object"}}""")]
    [InlineData("""{"guided_regex": "a+"}""")]
    [InlineData("""{"guided_choice": ["a", "b"]}""")]
    [InlineData("""{"guided_grammar": "root ::= \"a\""}""")]
    [InlineData("""{"structured_outputs": {"regex": "a+"}}""")]
    [InlineData("""{"response_format": {"type": "json_object"}}""")]
    [InlineData("""{"bad_words": ["no"]}""")]
    [InlineData("""{"allowed_token_ids": [1, 2]}""")]
    [InlineData("""{"json_schema": "{}"}""")]
    [InlineData("""{"regex": "a+"}""")]
    [InlineData("""{"ebnf": "root ::= \"a\""}""")]
    [InlineData("""{"structural_tag": "{}"}""")]
    [InlineData("""{"sampling_params": {"regex": "a+"}}""")]
    public void From_aConstraintInTheEnginesOwnName_isConstrained(string extra) =>
        Assert.True(From(new SamplingParameters(), extra).Constrained);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"guided_json": null, "sampling_params": {"regex": null}}""")]
    [InlineData("""{"cache_salt": "regex", "sampling_params": "regex"}""")]
    public void From_otherMembers_isNotConstrained(string extra) => Assert.False(From(new SamplingParameters(), extra).Constrained);

    [Fact]
    public void From_aConstraintOrABiasOfOurs_isConstrained()
    {
        Assert.True(SamplingSettingsMapper.From(new SamplingParameters { Regex = "a+" }, extra: null).Constrained);
        Assert.True(SamplingSettingsMapper.From(new SamplingParameters { LogitBias = { [1] = 2 } }, extra: null).Constrained);
        Assert.False(SamplingSettingsMapper.From(new SamplingParameters(), extra: null).Constrained);
    }

    private static TokenTree.Segments.SamplingSettings From(SamplingParameters sampling, string extra) =>
        SamplingSettingsMapper.From(sampling, JsonParser.Default.Parse<Struct>(extra));
}
