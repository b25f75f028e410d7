using System.Text.Json;
using Atropos.Transcoding.Tests.Support;

namespace Atropos.Transcoding.Tests.OpenApi;

public sealed class OpenApiTests : IAsyncLifetime
{
    private LibraryHost _host = null!;
    private JsonElement _document;

    public async ValueTask InitializeAsync()
    {
        _host = await LibraryHost.StartAsync(o => o.OpenApi = new OpenApiOptions
        {
            Title = "Library",
            Version = "1.2.3",
            Comments = () => typeof(OpenApiTests).Assembly.GetManifestResourceStream("tests.descriptors.binpb")!,
        });
        _document = JsonDocument.Parse(await _host.GetAsync("/openapi.json")).RootElement;
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public void Document_says_what_it_is()
    {
        Assert.Equal("3.1.0", At("openapi").GetString());
        Assert.Equal("Library", At("info", "title").GetString());
        Assert.Equal("1.2.3", At("info", "version").GetString());
        Assert.Equal("Keeps books.", At("tags")[0].GetProperty("description").GetString());
    }

    [Fact]
    public void Paths_have_every_verb_that_the_format_knows()
    {
        var paths = At("paths").EnumerateObject()
            .SelectMany(p => p.Value.EnumerateObject().Select(v => $"{v.Name} {p.Name}")).Order(StringComparer.Ordinal);

        Assert.Equal(
            [
                "delete /v1/books/{name}", "get /download/{name}", "get /files/special", "get /files/{name}", "get /v1/bare/{shelf.id}",
                "get /v1/books/{name}", "get /v1/shelves/{name_1}/books/{name_2}", "get /v1/shelves/{shelf.id}/books",
                "patch /v1/books/{name}", "post /upload/{name}", "post /v1/books/{name}:publish", "post /v1/books:lookup", "post /v1/chat",
                "post /v1/echo", "post /v1/echo:stream", "post /v1/shelves/{shelf.id}/books", "put /v1/books/{name}",
            ],
            paths);
    }

    [Fact]
    public void Comments_describe_operations_parameters_and_fields()
    {
        var operation = At("paths", "/v1/books/{name}", "get");

        Assert.Equal("Gets one book.", operation.GetProperty("summary").GetString());
        Assert.Equal("Gets one book.\n\nThe name is a path of its own.", operation.GetProperty("description").GetString());
        Assert.Equal("The book's name.", operation.GetProperty("parameters")[0].GetProperty("description").GetString());
        Assert.Equal("The pages, where known.", Schema("Book").GetProperty("properties").GetProperty("pages").GetProperty("description").GetString());
        Assert.Equal("int64", Schema("Book").GetProperty("properties").GetProperty("pages").GetProperty("format").GetString());
    }

    [Fact]
    public void Query_parameters_are_flattened()
    {
        var names = At("paths", "/v1/shelves/{shelf.id}/books", "get", "parameters").EnumerateArray()
            .Select(p => $"{p.GetProperty("in").GetString()} {p.GetProperty("name").GetString()}");

        Assert.Equal(
            [
                "path shelf.id", "query page_size", "query tags", "query colour", "query sold", "query like.name", "query like.title",
                "query like.tags", "query like.pages", "query like.shelf.id", "query scores",
            ],
            names);
    }

    [Fact]
    public void One_operation_answers_with_json_or_events()
    {
        var content = At("paths", "/v1/chat", "post", "responses", "200", "content");

        Assert.Equal(["application/json", "text/event-stream"], content.EnumerateObject().Select(c => c.Name));
        Assert.True(Schema("Chat").GetProperty("additionalProperties").GetBoolean());
    }

    [Fact]
    public void Unions_are_one_of_their_members_and_bare_lists_are_arrays()
    {
        var members = Schema("Content").GetProperty("oneOf");

        Assert.Equal("string", members[0].GetProperty("type").GetString());
        Assert.Equal("#/components/schemas/atropos.transcoding.tests.v1.PartList", members[1].GetProperty("$ref").GetString());
        Assert.Equal("array", Schema("PartList").GetProperty("type").GetString());
    }

    [Fact]
    public void Every_reference_leads_somewhere_and_every_operation_is_complete()
    {
        References.AllResolve(_document);
        var ids = new HashSet<string>();
        foreach (var path in At("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                Assert.True(ids.Add(operation.Value.GetProperty("operationId").GetString()!));
                Assert.True(operation.Value.GetProperty("responses").TryGetProperty("default", out _));
                var declared = operation.Value.GetProperty("parameters").EnumerateArray()
                    .Where(p => p.GetProperty("in").GetString() == "path")
                    .Select(p => $"{{{p.GetProperty("name").GetString()}}}")
                    .ToList();
                Assert.All(declared, name => Assert.Contains(name, path.Name, StringComparison.Ordinal));
                Assert.Equal(path.Name.Count(c => c == '{'), declared.Count);
            }
        }
    }

    private JsonElement Schema(string name) => At("components", "schemas", "atropos.transcoding.tests.v1." + name);

    private JsonElement At(params string[] path) => path.Aggregate(_document, (element, name) => element.GetProperty(name));
}
