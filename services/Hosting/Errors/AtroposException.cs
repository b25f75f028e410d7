using Grpc.Core;

namespace Atropos.Hosting.Errors;

/// <summary>
/// An error that a caller is to see: what kind it is, in words, and which field of the request is at fault. Thrown
/// anywhere in a service, <see cref="ErrorInterceptor"/> turns it into the call's status and trailers.
/// </summary>
public class AtroposException : Exception
{
    /// <summary>Creates an error.</summary>
    /// <param name="statusCode">The gRPC status code; not <see cref="Grpc.Core.StatusCode.OK"/>.</param>
    /// <param name="reason">What happened, for programs, in UPPER_SNAKE_CASE; stable across releases.</param>
    /// <param name="message">What happened and how to fix it, for people.</param>
    /// <param name="field">Path of the request field at fault, for example <c>messages[0].content</c>; null where none is.</param>
    /// <param name="innerException">What caused it; logged, never sent.</param>
    /// <exception cref="ArgumentException">
    /// The reason is not made of upper-case letters, digits and underscores, or the code is OK.
    /// </exception>
    public AtroposException(StatusCode statusCode, string reason, string message, string? field = null, Exception? innerException = null)
        : base(message, innerException)
    {
        ArgumentException.ThrowIfNullOrEmpty(reason);
        if (statusCode == StatusCode.OK)
        {
            throw new ArgumentException("OK is not an error.", nameof(statusCode));
        }

        if (!reason.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_'))
        {
            throw new ArgumentException($"The reason \"{reason}\" has to be in UPPER_SNAKE_CASE.", nameof(reason));
        }

        StatusCode = statusCode;
        Reason = reason;
        Field = field;
    }

    /// <summary>The gRPC status code.</summary>
    public StatusCode StatusCode { get; }

    /// <summary>What happened, for programs, in UPPER_SNAKE_CASE.</summary>
    public string Reason { get; }

    /// <summary>Path of the request field at fault; null where none is.</summary>
    public string? Field { get; }

    /// <summary>Creates the exception that ends a call with this error.</summary>
    /// <returns>Status and trailers of this error.</returns>
    public RpcException ToRpcException()
    {
        var trailers = new Metadata();
        ErrorTrailers.Write(trailers, Reason, Field);
        return new RpcException(new Status(StatusCode, Message, this), trailers);
    }
}
