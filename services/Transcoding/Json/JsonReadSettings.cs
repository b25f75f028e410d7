namespace Atropos.Transcoding.Json;

/// <summary>What a reader takes and what it refuses.</summary>
internal sealed record JsonReadSettings(int MaxDepth = 64, bool IgnoreUnknownMembers = false)
{
    /// <summary>
    /// How deep a <c>google.protobuf.Value</c> may nest: each level of JSON is three of protobuf, whose parsers stop at 100.
    /// </summary>
    public const int MaxDynamicDepth = 30;
}
