using Grpc.Core;

namespace Atropos.Transcoding.Errors;

/// <summary>What gRPC errors are over HTTP, as google.rpc.Code documents it.</summary>
internal static class GrpcErrors
{
    /// <summary>The trailer that names the field that is wrong.</summary>
    public const string FieldTrailer = "atropos-error-field";

    /// <summary>The trailer with the reason, in capitals.</summary>
    public const string ReasonTrailer = "atropos-error-reason";

    /// <summary>The trailer that says when to try again.</summary>
    public const string RetryTrailer = "retry-after";

    /// <summary>The error that the client sees for an exception; what is not a gRPC error tells nothing of its inside.</summary>
    public static TranscodingException Explain(Exception error) => error switch
    {
        TranscodingException known => known,
        RpcException rpc => Explain(rpc),
        _ => new TranscodingException(500, ErrorTypes.Server, "The server failed to answer. The failure is in its log."),
    };

    private static TranscodingException Explain(RpcException error)
    {
        var (status, type) = Map(error.StatusCode);
        var detail = error.Status.Detail;
        return new TranscodingException(
            status,
            type,
            string.IsNullOrEmpty(detail) ? $"The call failed: {error.StatusCode}." : detail,
            Trailer(error, FieldTrailer),
            Trailer(error, ReasonTrailer)?.ToLowerInvariant());
    }

    /// <summary>A trailer's text, or null.</summary>
    public static string? Trailer(RpcException error, string name)
        => error.Trailers.Get(name) is { IsBinary: false, Value.Length: > 0 } entry ? entry.Value : null;

    private static (int Status, string Type) Map(StatusCode code) => code switch
    {
        StatusCode.InvalidArgument or StatusCode.FailedPrecondition or StatusCode.OutOfRange => (400, ErrorTypes.InvalidRequest),
        StatusCode.Unauthenticated => (401, ErrorTypes.Authentication),
        StatusCode.PermissionDenied => (403, ErrorTypes.Permission),
        StatusCode.NotFound => (404, ErrorTypes.NotFound),
        StatusCode.Aborted or StatusCode.AlreadyExists => (409, ErrorTypes.Conflict),
        StatusCode.ResourceExhausted => (429, ErrorTypes.RateLimit),
        StatusCode.Cancelled => (499, ErrorTypes.Server),
        StatusCode.Unimplemented => (501, ErrorTypes.Server),
        StatusCode.Unavailable => (503, ErrorTypes.Server),
        StatusCode.DeadlineExceeded => (504, ErrorTypes.Server),
        _ => (500, ErrorTypes.Server),
    };
}
