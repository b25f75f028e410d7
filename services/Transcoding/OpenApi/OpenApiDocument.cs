using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Http;

namespace Atropos.Transcoding.OpenApi;

internal sealed class OpenApiDocument(IReadOnlyList<ServiceDescriptor> services, OpenApiOptions options)
{
    public Task WriteAsync(HttpContext context) => throw new InvalidOperationException(services.Count + options.Path);
}
