using System.Net;
using Atropos.Transcoding.Tests.Support;

namespace Atropos.Transcoding.Tests.Http;

public sealed class BindingTests : IAsyncLifetime
{
    private LibraryHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await LibraryHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("GET", "/v1/shelves/3/books/7", "shelves/3/books/7", "")]
    [InlineData("GET", "/v1/books/abc", "abc", "")]
    [InlineData("GET", "/v1/books/a%20b%2Fc", "a b/c", "")]
    [InlineData("GET", "/v1/shelves/a%2Fb/books/c", "shelves/a%2Fb/books/c", "")]
    [InlineData("LOCK", "/v1/books/abc", "abc", "locked")]
    [InlineData("POST", "/v1/books/abc:publish", "abc", "published")]
    [InlineData("POST", "/v1/books/a:b:publish", "a:b", "published")]
    [InlineData("GET", "/v1/books/a:b", "a:b", "")]
    [InlineData("GET", "/files/special", "", "special")]
    public async Task Path_templates_lead_to_their_methods(string verb, string path, string name, string title)
    {
        var (response, body) = await _host.SendAsync(new HttpMethod(verb), path);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(response.Content.Headers.ContentLength, body.Length);
        Assert.Equal($$"""{"name":"{{name}}","title":"{{title}}","tags":[]}""", body);
    }

    [Theory]
    [InlineData("/files/a/b/c.txt", "a/b/c.txt")]
    [InlineData("/files/special/more", "special/more")]
    [InlineData("/files", "")]
    public async Task Double_wildcards_take_the_rest_and_HttpBody_answers_as_it_is(string path, string text)
    {
        var (response, body) = await _host.SendAsync(HttpMethod.Get, path);

        Assert.Equal("text/plain", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(text, body);
    }

    [Fact]
    public async Task Additional_bindings_take_bodies_of_their_own()
    {
        Assert.Equal("""{"name":"x","title":"","tags":[]}""", await _host.PostAsync("/v1/books:lookup", """{"name":"x"}"""));
    }

    [Fact]
    public async Task Query_parameters_fill_nested_repeated_wrapped_and_enum_fields()
    {
        var body = await _host.GetAsync(
            "/v1/shelves/5/books?page_size=10&tags=a&tags=b%26c&colour=COLOUR_RED&sold=false&like.title=T&like.shelf.id=2&scores=1.5&scores=-2");

        Assert.Equal(
            "{ \"shelf\": { \"id\": 5 }, \"pageSize\": 10, \"tags\": [ \"a\", \"b&c\" ], \"colour\": \"COLOUR_RED\", \"sold\": false, "
            + "\"like\": { \"title\": \"T\", \"shelf\": { \"id\": 2 } }, \"scores\": [ 1.5, -2 ] }",
            Seen(body));
    }

    [Theory]
    [InlineData("nope=1", "query parameter 'nope': not a known parameter.", "nope")]
    [InlineData("like.nope=1", "query parameter 'like.nope': not a known parameter.", "like.nope")]
    [InlineData("shelf.id=1", "query parameter 'shelf.id': not a known parameter.", "shelf.id")]
    [InlineData("page_size=ten", "query parameter 'page_size': expected an integer that fits 32 bits.", "page_size")]
    [InlineData("page_size=1&page_size=2", "query parameter 'page_size': given 2 times.", "page_size")]
    [InlineData("like=x", "query parameter 'like': it can only be given in the body.", "like")]
    [InlineData("sold=perhaps", "query parameter 'sold': expected true or false.", "sold")]
    public async Task Wrong_query_parameters_are_named(string query, string message, string parameter)
    {
        var (response, body) = await _host.SendAsync(HttpMethod.Get, "/v1/shelves/5/books?" + query);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var error = ErrorView.Of(body);
        Assert.Equal((message, "invalid_request_error", parameter), (error.Message, error.Type, error.Param));
    }

    [Fact]
    public async Task Wrong_path_variables_are_named()
    {
        var (response, body) = await _host.SendAsync(HttpMethod.Get, "/v1/shelves/five/books");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("path parameter 'shelf.id': expected an integer that fits 32 bits.", ErrorView.Of(body).Message);
    }

    [Fact]
    public async Task Response_body_writes_one_field()
    {
        Assert.Equal(
            """[{"name":"a","title":"","tags":[]},{"name":"b","title":"","tags":[],"pages":3}]""", await _host.GetAsync("/v1/bare/1"));
    }

    [Fact]
    public async Task Body_fills_one_field_and_path_and_query_fill_the_others()
    {
        var body = await _host.PostAsync("/v1/shelves/3/books?id=new", """{"title":"T","tags":["x"],"pages":12345678901}""");

        Assert.Equal("""{"name":"3/new","title":"T","tags":["x"],"pages":12345678901}""", body);
    }

    [Fact]
    public async Task Body_fills_a_field_inside_a_field()
    {
        var (_, body) = await _host.SendAsync(HttpMethod.Patch, "/v1/books/n?book.title=t", """["a","b"]""");

        Assert.Equal("""{"name":"n","title":"t","tags":["a","b"]}""", body);
    }

    [Fact]
    public async Task Path_variable_wins_over_the_body()
    {
        var (_, body) = await _host.SendAsync(HttpMethod.Put, "/v1/books/right", """{"name":"wrong","title":"t"}""");

        Assert.Equal("""{"name":"right","title":"t","tags":[]}""", body);
    }

    [Fact]
    public async Task Empty_answers_are_an_empty_object()
    {
        var (response, body) = await _host.SendAsync(HttpMethod.Delete, "/v1/books/x");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("{}", body);
    }

    [Fact]
    public async Task HttpBody_request_takes_bytes_as_they_are()
    {
        using var content = new ByteArrayContent([0, 1, 255]);
        content.Headers.ContentType = new("image/png");

        using var response = await _host.Client.PostAsync("/upload/pic", content);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("pic", _host.Library.LastUpload!.Name);
        Assert.Equal("image/png", _host.Library.LastUpload.Content.ContentType);
        Assert.Equal([0, 1, 255], _host.Library.LastUpload.Content.Data.ToByteArray());
    }

    [Fact]
    public async Task HttpBody_stream_is_written_piece_by_piece()
    {
        var (response, body) = await _host.SendAsync(HttpMethod.Get, "/download/table");

        Assert.Equal("text/csv", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("a,b\n1,2\n", body);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/plain")]
    [InlineData(null)]
    public async Task Body_is_json_whatever_the_content_type_says(string? contentType)
    {
        using var content = new ByteArrayContent("""{"name":"x"}"""u8.ToArray());
        if (contentType is not null)
        {
            content.Headers.ContentType = new(contentType);
        }

        using var response = await _host.Client.PostAsync("/v1/books:lookup", content);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Query_options_of_the_host_drop_unknown_parameters()
    {
        await using var host = await LibraryHost.StartAsync(o =>
        {
            o.IgnoreUnknownQueryParameters = true;
            o.IgnoreUnknownMembers = true;
        });

        Assert.Contains("\"x\"", await host.GetAsync("/v1/books/x?api-version=1"), StringComparison.Ordinal);
        Assert.Contains("\"y\"", await host.PostAsync("/v1/books:lookup?api-version=1", """{"name":"y","z":{}}"""), StringComparison.Ordinal);
    }

    private static string Seen(string body)
        => System.Text.Json.JsonDocument.Parse(body).RootElement.GetProperty("seen").GetString()!;
}
