using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Atropos.Hosting.Errors;
using Atropos.Sessions.V1;
using Grpc.Core;
using OpenAI.V1;

namespace Atropos.Edge.Tests;

public sealed class RenderRouteTests : IAsyncLifetime
{
    private EdgeFixture _edge = null!;

    public async ValueTask InitializeAsync() => _edge = await EdgeFixture.StartAsync();

    public ValueTask DisposeAsync() => _edge.DisposeAsync();

    [Fact]
    public async Task A_conversation_is_passed_on_byte_for_byte()
    {
        const string Messages = """[ {"role": "tool", "content": {"b": 1.0, "a": "\u00e4"}} ]""";
        await PostAsync($$"""
            {"model": "m", "chat_template": "t", "messages": {{Messages}}, "tools": [{"z": 1e3}], "documents": null,
             "add_generation_prompt": false, "chat_template_kwargs": { "n": 9007199254740993 } }
            """);

        var request = _edge.Tracker.LastRender!;
        Assert.Equal(("m", "t", Messages), (request.Model, request.ChatTemplate, request.Messages));
        Assert.Equal("""[{"z": 1e3}]""", request.Tools);
        Assert.False(request.HasDocuments);
        Assert.True(request is { HasAddGenerationPrompt: true, AddGenerationPrompt: false, HasContinueFinalMessage: false });
        Assert.Equal("""{ "n": 9007199254740993 }""", request.ChatTemplateKwargs);
    }

    [Fact]
    public async Task An_answer_has_ids_only_where_there_are_any_to_have()
    {
        _edge.Tracker.Rendered = new RenderResponse { PromptText = "a\nb" };
        Assert.Equal((HttpStatusCode.OK, """{"prompt_text":"a\nb"}"""), await PostAsync("{}"));

        _edge.Tracker.Rendered = new RenderResponse { TokenIds = new TokenIds(), NumTokens = 0 };
        Assert.Equal((HttpStatusCode.OK, """{"prompt_text":"","token_ids":[],"num_tokens":0}"""), await PostAsync("{}"));
    }

    [Theory]
    [InlineData("""{"messages": {}}""", "messages")]
    [InlineData("""{"messages": "hi"}""", "messages")]
    [InlineData("""{"tools": {}}""", "tools")]
    [InlineData("""{"documents": "d"}""", "documents")]
    [InlineData("""{"chat_template_kwargs": []}""", "chat_template_kwargs")]
    [InlineData("""{"chat_template": 1}""", "chat_template")]
    [InlineData("""{"add_generation_prompt": "yes"}""", "add_generation_prompt")]
    [InlineData("""{"message": []}""", "message")]
    public async Task A_wrong_type_is_refused_by_its_field(string body, string field)
    {
        var (status, answer) = await PostAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(field, (string?)JsonNode.Parse(answer)!["error"]!["param"]);
        Assert.Null(_edge.Tracker.LastRender);
    }

    [Fact]
    public async Task What_a_template_raises_is_a_bad_request_with_its_message()
    {
        _edge.Tracker.Failure = new AtroposException(StatusCode.InvalidArgument, "CHAT_TEMPLATE_ERROR", "Refused: roles “must” alternate", "messages");

        var (status, answer) = await PostAsync("""{"messages": []}""");

        var error = JsonNode.Parse(answer)!["error"]!;
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("Refused: roles “must” alternate", (string?)error["message"]);
        Assert.Equal(("messages", "chat_template_error"), ((string?)error["param"], (string?)error["code"]));
    }

    [Theory]
    [InlineData("""{"chat_template_kwargs": 5}""", "chat_template_kwargs")]
    [InlineData("""{"documents": {}}""", "documents")]
    public async Task A_chat_completion_s_template_values_have_types_too(string body, string field)
    {
        var (status, answer) = await PostAsync(body, "/v1/chat/completions");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(field, (string?)JsonNode.Parse(answer)!["error"]!["param"]);
    }

    private async Task<(HttpStatusCode Status, string Body)> PostAsync(string body, string path = "/render")
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _edge.Http.PostAsync(path, content);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
