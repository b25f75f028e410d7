using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Atropos.Hosting.Errors;
using Grpc.Core;
using OpenAI.V1;

namespace Atropos.Edge.Tests;

public sealed class OpenAiRoutesTests : IAsyncLifetime
{
    private EdgeFixture _edge = null!;

    public async ValueTask InitializeAsync() => _edge = await EdgeFixture.StartAsync();

    public ValueTask DisposeAsync() => _edge.DisposeAsync();

    [Theory]
    [InlineData("/v1/chat/completions", "")]
    [InlineData("/u-1/v1/chat/completions", "u-1")]
    public async Task The_path_names_the_session(string path, string uuid)
    {
        await PostAsync(path, """{"messages": [{"role": "user", "content": "hi"}]}""");

        Assert.Equal(uuid, _edge.Tracker.LastChat!.Uuid);
        Assert.Equal("hi", _edge.Tracker.LastChat.Request.Messages[0].Content.Text);
    }

    [Fact]
    public async Task Parameters_that_nobody_knows_are_kept()
    {
        await PostAsync("/v1/chat/completions", """{"messages": [{"role": "user", "content": [{"type": "text", "text": "hi"}], "mood": "good"}], "cache_salt": "x", "stop": ["a", "b"]}""");

        var request = _edge.Tracker.LastChat!.Request;
        Assert.Equal("x", request.Extra.Fields["cache_salt"].StringValue);
        Assert.Equal("good", request.Messages[0].Extra.Fields["mood"].StringValue);
        Assert.Equal("hi", request.Messages[0].Content.Parts.Parts[0].Text);
        Assert.Equal(["a", "b"], request.Stop.Many.Values);
    }

    [Fact]
    public async Task An_answer_has_null_where_OpenAI_has_null()
    {
        _edge.Tracker.Answer = new ChatCompletion
        {
            Id = "chatcmpl-1",
            Object = "chat.completion",
            Choices = { new ChatChoice { Message = new AnswerMessage { Role = "assistant" }, FinishReason = "tool_calls" } },
        };

        var (_, body) = await PostAsync("/v1/chat/completions", """{"messages": []}""");

        Assert.Contains("\"content\":null", body, StringComparison.Ordinal);
        Assert.Contains("\"logprobs\":null", body, StringComparison.Ordinal);
        Assert.Contains("\"index\":0", body, StringComparison.Ordinal);
        Assert.DoesNotContain("tool_calls\":[", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_true_gives_events_and_DONE()
    {
        _edge.Tracker.Chunks.Add(new ChatCompletionChunk { Id = "c", Usage = new ChunkUsage { None = Google.Protobuf.WellKnownTypes.NullValue.NullValue } });
        _edge.Tracker.Chunks.Add(new ChatCompletionChunk { Id = "c" });

        var (status, body) = await PostAsync("/u-1/v1/chat/completions", """{"messages": [], "stream": true}""");

        Assert.Equal(HttpStatusCode.OK, status);
        var events = body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, events.Length);
        Assert.Contains("\"usage\":null", events[0], StringComparison.Ordinal);
        Assert.DoesNotContain("usage", events[1], StringComparison.Ordinal);
        Assert.Equal("data: [DONE]", events[2]);
        Assert.Equal("u-1", _edge.Tracker.LastStream!.Uuid);
    }

    [Fact]
    public async Task A_failure_in_mid_stream_is_an_event_and_no_clean_end()
    {
        _edge.Tracker.Chunks.Add(new ChatCompletionChunk { Id = "c" });
        _edge.Tracker.Failure = new AtroposException(StatusCode.Unavailable, "ENGINE_DIED", "The engine died.");

        var (_, body) = await PostAsync("/v1/chat/completions", """{"messages": [], "stream": true}""");

        Assert.Contains("The engine died.", body, StringComparison.Ordinal);
        Assert.DoesNotContain("[DONE]", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_has_OpenAIs_form_and_names_the_field()
    {
        _edge.Tracker.Failure = new AtroposException(StatusCode.InvalidArgument, "INVALID_FIELD", "messages is empty.", "messages");

        var (status, body) = await PostAsync("/v1/chat/completions", """{"messages": []}""");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        var error = JsonNode.Parse(body)!["error"]!;
        Assert.Equal("messages is empty.", (string?)error["message"]);
        Assert.Equal("invalid_request_error", (string?)error["type"]);
        Assert.Equal("messages", (string?)error["param"]);
        Assert.Equal("invalid_field", (string?)error["code"]);
    }

    [Theory]
    [InlineData("/favicon.ico")]
    [InlineData("/no/such/route")]
    public async Task An_unknown_path_is_a_json_404(string path)
    {
        using var response = await _edge.Http.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("unknown_url", (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!["code"]);
    }

    [Fact]
    public async Task A_request_id_is_given_back_or_made()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/u-1/nodes") { Headers = { { "x-request-id", "mine-1" } } };
        using var given = await _edge.Http.SendAsync(request);
        using var made = await _edge.Http.GetAsync("/no/such/route");

        Assert.Equal("mine-1", Assert.Single(given.Headers.GetValues("x-request-id")));
        Assert.NotEmpty(Assert.Single(made.Headers.GetValues("x-request-id")));
    }

    [Fact]
    public async Task Nodes_are_lists_of_equal_length_with_exact_floats()
    {
        var body = await _edge.Http.GetStringAsync("/u-1/nodes");

        Assert.Contains("\"tokens\":[1,2],\"masked_tokens\":[-100,2],\"logprobs\":[1,-0.105360515]", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_is_created_from_an_empty_object_as_curl_sends_it()
    {
        using var content = new StringContent("{}", Encoding.UTF8, "application/x-www-form-urlencoded");
        using var response = await _edge.Http.PostAsync("/sessions/create", content);

        var session = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal("u-1", (string?)session["uuid"]);
        Assert.Equal(1.5, (double?)session["created_at"]);
    }

    [Fact]
    public async Task The_document_describes_every_route()
    {
        var document = JsonNode.Parse(await _edge.Http.GetStringAsync("/openapi.json"))!;

        Assert.StartsWith("3.1", (string?)document["openapi"], StringComparison.Ordinal);
        foreach (var path in (string[])["/v1/chat/completions", "/{uuid}/v1/chat/completions", "/{uuid}/nodes", "/sessions/create", "/health"])
        {
            Assert.NotNull(document["paths"]![path]);
        }
    }

    private async Task<(HttpStatusCode Status, string Body)> PostAsync(string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await _edge.Http.PostAsync(path, content);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
