using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Atropos.InferenceRouter.Tests;

/// <summary>Constraints that reach the engine by its own names, as members that we hand on.</summary>
public sealed class ConstraintTests
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
    public async Task Generate_whenAnEngineDiesUnderAConstraint_doesNotGoOn(string extra)
    {
        await using var first = await FakeEngine.StartAsync();
        await using var second = await FakeEngine.StartAsync();
        first.ThenDie(Vllm.Event(Vllm.Token(11, "-1")));
        await using var router = await RouterHost.StartAsync("vllm", first, second);
        var request = RouterHost.Request();
        request.PreferredEngine = "e0";
        request.Extra = JsonParser.Default.Parse<Struct>(extra);

        var failure = await router.FailAsync(request);

        Assert.Equal((StatusCode.Unavailable, "NOT_RESUMABLE"), (failure.StatusCode, failure.Reason()));
        Assert.Empty(second.Bodies);
    }

    [Theory]
    [InlineData("""{"guided_json": null, "sampling_params": {"regex": null}}""")]
    [InlineData("""{"cache_salt": "regex"}""")]
    public async Task Generate_whenAnEngineDiesWithoutAConstraint_anotherGoesOn(string extra)
    {
        await using var first = await FakeEngine.StartAsync();
        await using var second = await FakeEngine.StartAsync();
        first.ThenDie(Vllm.Event(Vllm.Token(11, "-1")));
        second.ThenStream(Vllm.Token(12, "-2", "stop"), Vllm.Usage(4, 1), Vllm.Done);
        await using var router = await RouterHost.StartAsync("vllm", first, second);
        var request = RouterHost.Request();
        request.PreferredEngine = "e0";
        request.Extra = JsonParser.Default.Parse<Struct>(extra);

        var events = await router.GenerateAsync(request);

        Assert.Equal([11, 12], events.Ids());
    }
}
