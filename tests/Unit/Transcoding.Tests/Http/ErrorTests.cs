using System.Net;
using Atropos.Transcoding.Tests.Support;
using Atropos.Transcoding.Tests.V1;
using Grpc.Core;

namespace Atropos.Transcoding.Tests.Http;

public sealed class ErrorTests : IAsyncLifetime
{
    private LibraryHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await LibraryHost.StartAsync(o => o.MaxRequestBodySize = 100_000);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(StatusCode.InvalidArgument, 400, "invalid_request_error")]
    [InlineData(StatusCode.FailedPrecondition, 400, "invalid_request_error")]
    [InlineData(StatusCode.OutOfRange, 400, "invalid_request_error")]
    [InlineData(StatusCode.Unauthenticated, 401, "authentication_error")]
    [InlineData(StatusCode.PermissionDenied, 403, "permission_error")]
    [InlineData(StatusCode.NotFound, 404, "not_found_error")]
    [InlineData(StatusCode.Aborted, 409, "conflict_error")]
    [InlineData(StatusCode.AlreadyExists, 409, "conflict_error")]
    [InlineData(StatusCode.ResourceExhausted, 429, "rate_limit_error")]
    [InlineData(StatusCode.Cancelled, 499, "server_error")]
    [InlineData(StatusCode.Internal, 500, "server_error")]
    [InlineData(StatusCode.Unknown, 500, "server_error")]
    [InlineData(StatusCode.DataLoss, 500, "server_error")]
    [InlineData(StatusCode.Unimplemented, 501, "server_error")]
    [InlineData(StatusCode.Unavailable, 503, "server_error")]
    [InlineData(StatusCode.DeadlineExceeded, 504, "server_error")]
    public async Task Grpc_status_becomes_http_status_and_type(StatusCode code, int status, string type)
    {
        _host.Library.OnGetBook = (_, _) => throw new RpcException(new Status(code, "what went wrong"));

        var (response, body) = await _host.SendAsync(HttpMethod.Get, "/v1/books/x");

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(new ErrorView("what went wrong", type, null, null), ErrorView.Of(body));
    }

    [Fact]
    public async Task Trailers_give_param_code_retry_after_and_headers()
    {
        _host.Library.OnGetBook = (_, _) => throw new RpcException(
            new Status(StatusCode.ResourceExhausted, "busy"),
            new Metadata
            {
                { "atropos-error-field", "messages[1].content" },
                { "atropos-error-reason", "QUEUE_FULL" },
                { "retry-after", "3" },
                { "x-limit", "7" },
            });

        var (response, body) = await _host.SendAsync(HttpMethod.Get, "/v1/books/x");

        Assert.Equal(new ErrorView("busy", "rate_limit_error", "messages[1].content", "queue_full"), ErrorView.Of(body));
        Assert.Equal(TimeSpan.FromSeconds(3), response.Headers.RetryAfter!.Delta);
        Assert.Equal(["7"], response.Headers.GetValues("x-limit"));
    }

    [Theory]
    [InlineData("GET", "/nothing")]
    [InlineData("POST", "/v1")]
    [InlineData("GET", "/")]
    [InlineData("GET", "/v1/books/a/b")]
    [InlineData("POST", "/v1/books/abc:unknown-verb/x")]
    [InlineData("GET", "/atropos.transcoding.tests.v1.LibraryService/Hidden")]
    public async Task Unknown_route_is_a_json_404(string verb, string path)
    {
        var (response, body) = await _host.SendAsync(new HttpMethod(verb), path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(new ErrorView($"Unknown request URL: {verb} {path}.", "invalid_request_error", null, "unknown_url"), ErrorView.Of(body));
    }

    [Fact]
    public async Task Wrong_verb_is_a_json_405_that_names_the_right_ones()
    {
        var (response, body) = await _host.SendAsync(HttpMethod.Post, "/v1/books/abc");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["DELETE", "GET", "HEAD", "LOCK", "PATCH", "PUT"], response.Content.Headers.Allow);
        Assert.Equal("method_not_allowed", ErrorView.Of(body).Code);
    }

    [Fact]
    public async Task Head_answers_like_get_without_the_body()
    {
        var (response, body) = await _host.SendAsync(HttpMethod.Head, "/v1/books/abc");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(35, response.Content.Headers.ContentLength);
        Assert.Equal("", body);
    }

    [Fact]
    public async Task Body_over_the_limit_is_a_413_whether_its_length_is_announced_or_not()
    {
        var text = new string('x', 200_000);
        var (announced, body) = await _host.SendAsync(HttpMethod.Post, "/v1/books:lookup", $$"""{"name":"{{text}}"}""");

        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/books:lookup") { Content = new StringContent(text) };
        request.Headers.TransferEncodingChunked = true;
        using var chunked = await _host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, announced.StatusCode);
        Assert.Equal("request_too_large", ErrorView.Of(body).Code);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, chunked.StatusCode);
    }

    [Fact]
    public async Task Large_body_within_the_limit_arrives_whole()
    {
        var text = new string('é', 40_000);

        Assert.Contains(text, await _host.PostAsync("/v1/books:lookup", $$"""{"name":"{{text}}"}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Malformed_json_names_line_and_position()
    {
        var (response, body) = await _host.SendAsync(HttpMethod.Post, "/v1/chat", "{\n \"model\": }");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("line 2, position 11", ErrorView.Of(body).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Message_that_cannot_be_written_is_a_500_that_tells_nothing()
    {
        _host.Library.OnGetBook = (_, _) => throw new InvalidOperationException("a secret");

        var (response, body) = await _host.SendAsync(HttpMethod.Get, "/v1/books/x");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.DoesNotContain("secret", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Allowed_headers_pass_in_both_directions_and_others_do_not()
    {
        _host.Library.OnGetBook = async (_, context) =>
        {
            await context.WriteResponseHeadersAsync(new Metadata { { "x-engine", "e1" }, { "inside", "secret" } });
            return new Book();
        };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/books/x");
        request.Headers.Add("X-Request-Id", "r1");
        request.Headers.Add("Authorization", "Bearer key");
        request.Headers.TryAddWithoutValidation("traceparent", "00-1-2-03");

        using var response = await _host.Client.SendAsync(request);

        Assert.Equal("r1", _host.Library.LastHeaders!.GetValue("x-request-id"));
        Assert.Equal("00-1-2-03", _host.Library.LastHeaders!.GetValue("traceparent"));
        Assert.Null(_host.Library.LastHeaders!.GetValue("authorization"));
        Assert.Equal(["e1"], response.Headers.GetValues("x-engine"));
        Assert.False(response.Headers.Contains("inside"));
    }
}
