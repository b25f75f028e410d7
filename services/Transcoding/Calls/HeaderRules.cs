using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Atropos.Transcoding.Calls;

/// <summary>Which headers pass between the HTTP request and the gRPC call.</summary>
internal sealed class HeaderRules(TranscodingOptions options)
{
    private readonly string[] _request = [.. options.RequestHeaders.Select(h => h.ToLowerInvariant())];
    private readonly string[] _responsePrefixes = [.. options.ResponseHeaderPrefixes];

    public Metadata ToMetadata(IHeaderDictionary headers)
    {
        var metadata = new Metadata();
        foreach (var name in _request)
        {
            foreach (var value in headers[name])
            {
                // gRPC metadata is ASCII; a value that is not was not meant for it.
                if (value is not null && value.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0)
                {
                    metadata.Add(name, value);
                }
            }
        }

        return metadata;
    }

    public void CopyTo(IHeaderDictionary headers, Metadata metadata)
    {
        foreach (var entry in metadata)
        {
            if (!entry.IsBinary && Array.Exists(_responsePrefixes, p => entry.Key.StartsWith(p, StringComparison.OrdinalIgnoreCase)))
            {
                headers[entry.Key] = entry.Value;
            }
        }
    }
}
