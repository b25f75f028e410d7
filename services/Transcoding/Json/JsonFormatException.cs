namespace Atropos.Transcoding.Json;

/// <summary>A JSON value that does not fit its field. The path is found from the offset, only when it is needed.</summary>
internal sealed class JsonFormatException(string message, long offset) : Exception(message)
{
    /// <summary>Where the wrong token starts, in bytes from the start of the document.</summary>
    public long Offset { get; } = offset;
}
