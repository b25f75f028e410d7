using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Atropos.Transcoding.Routing;
using Google.Protobuf.Reflection;

namespace Atropos.Transcoding.OpenApi;

/// <summary>Writes an OpenAPI 3.1 document. Custom HTTP verbs are left out: the format has no place for them.</summary>
internal sealed class OpenApiWriter : IDisposable
{
    private static readonly string[] Verbs = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"];

    private readonly IReadOnlyList<ServiceDescriptor> _services;
    private readonly OpenApiOptions _options;
    private readonly ArrayBufferWriter<byte> _output = new();
    private readonly Utf8JsonWriter _writer;
    private readonly SchemaWriter _schemas;
    private readonly OperationWriter _operations;

    public OpenApiWriter(IReadOnlyList<ServiceDescriptor> services, OpenApiOptions options, DescriptorComments comments)
    {
        _services = services;
        _options = options;
        _writer = new Utf8JsonWriter(_output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        _schemas = new SchemaWriter(_writer, comments);
        _operations = new OperationWriter(_writer, _schemas, comments);
    }

    /// <summary>The whole document.</summary>
    public byte[] Write()
    {
        _writer.WriteStartObject();
        _writer.WriteString("openapi", "3.1.0");
        _writer.WriteStartObject("info");
        _writer.WriteString("title", _options.Title);
        _writer.WriteString("version", _options.Version);
        if (_options.Description is { } description)
        {
            _writer.WriteString("description", description);
        }

        _writer.WriteEndObject();
        WriteTags();
        WritePaths();
        WriteComponents();
        _writer.WriteEndObject();
        _writer.Flush();
        return _output.WrittenSpan.ToArray();
    }

    public void Dispose() => _writer.Dispose();

    private void WriteTags()
    {
        _writer.WriteStartArray("tags");
        foreach (var service in _services)
        {
            _writer.WriteStartObject();
            _writer.WriteString("name", service.Name);
            _schemas.WriteDescription(service);
            _writer.WriteEndObject();
        }

        _writer.WriteEndArray();
    }

    private void WritePaths()
    {
        var bindings = _services.SelectMany(s => s.Methods).SelectMany(HttpBinding.Of)
            .Where(b => Verbs.Contains(b.Verb, StringComparer.Ordinal))
            .Select(b => (Binding: b, Path: new OpenApiPath(b.Template)));
        _writer.WriteStartObject("paths");
        foreach (var path in bindings.GroupBy(b => b.Path.Shape, StringComparer.Ordinal))
        {
            var names = path.First().Path;
            _writer.WriteStartObject(names.Text);
            foreach (var verb in path.GroupBy(b => b.Binding.Verb, StringComparer.Ordinal))
            {
                _writer.WriteStartObject(verb.Key.ToLowerInvariant());
                _operations.Write([.. verb], names);
                _writer.WriteEndObject();
            }

            _writer.WriteEndObject();
        }

        _writer.WriteEndObject();
    }

    private void WriteComponents()
    {
        _writer.WriteStartObject("components");
        _writer.WriteStartObject("responses");
        _writer.WriteStartObject("Error");
        _writer.WriteString("description", "The request failed.");
        _writer.WritePropertyName("content");
        _writer.WriteRawValue("""{"application/json":{"schema":{"$ref":"#/components/schemas/Error"}}}""");
        _writer.WriteEndObject();
        _writer.WriteEndObject();
        _writer.WriteStartObject("schemas");
        _writer.WritePropertyName("Error");
        _writer.WriteRawValue(
            """
            {"type":"object","required":["error"],"properties":{"error":{"type":"object","required":["message","type","param","code"],
            "properties":{"message":{"type":"string","description":"What is wrong, and what to do."},
            "type":{"type":"string","description":"The kind of error."},
            "param":{"type":["string","null"],"description":"The path of the field that is wrong."},
            "code":{"type":["string","null"],"description":"The reason, for programs."}}}}}
            """);
        _schemas.WriteComponents();
        _writer.WriteEndObject();
        _writer.WriteEndObject();
    }
}
