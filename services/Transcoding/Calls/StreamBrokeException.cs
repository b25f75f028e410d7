using Atropos.Transcoding.Errors;

namespace Atropos.Transcoding.Calls;

/// <summary>A stream that failed after its start. The client has been told; this is for the log.</summary>
internal sealed class StreamBrokeException(TranscodingException failure, Exception cause) : Exception(failure.Message, cause);
