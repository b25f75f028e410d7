namespace Atropos.ReferenceEngine;

/// <summary>A request's path, headers and body, kept for the recorder.</summary>
internal sealed record ReceivedRequest(string Path, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body);
