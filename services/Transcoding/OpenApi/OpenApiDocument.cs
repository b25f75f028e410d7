using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Http;

namespace Atropos.Transcoding.OpenApi;

/// <summary>The OpenAPI document of services, made when it is first asked for.</summary>
internal sealed class OpenApiDocument(IReadOnlyList<ServiceDescriptor> services, OpenApiOptions options)
{
    private readonly Lazy<byte[]> _bytes = new(() =>
    {
        using var comments = options.Comments?.Invoke();
        using var writer = new OpenApiWriter(services, options, new DescriptorComments(comments));
        return writer.Write();
    });

    /// <summary>Answers a request with the document.</summary>
    public async Task WriteAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = _bytes.Value.Length;
        await context.Response.BodyWriter.WriteAsync(_bytes.Value, context.RequestAborted);
    }
}
