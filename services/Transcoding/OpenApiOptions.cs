namespace Atropos.Transcoding;

/// <summary>What the OpenAPI document says beside what the descriptors say.</summary>
public sealed class OpenApiOptions
{
    /// <summary>Where the document is served.</summary>
    public string Path { get; set; } = "/openapi.json";

    /// <summary>The API's name.</summary>
    public string Title { get; set; } = "API";

    /// <summary>The API's version.</summary>
    public string Version { get; set; } = "1.0.0";

    /// <summary>What the API is for, or null.</summary>
    public string? Description { get; set; }

    /// <summary>
    /// Opens a serialized <c>google.protobuf.FileDescriptorSet</c> with source info, whose comments become descriptions.
    /// Null: a document without descriptions. Called once, when the document is first asked for.
    /// </summary>
    public Func<Stream>? Comments { get; set; }
}
