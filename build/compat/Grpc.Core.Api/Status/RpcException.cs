namespace Grpc.Core;

/// <summary>A call that failed.</summary>
public class RpcException : Exception
{
    /// <summary>Creates an exception; its message is the status as text.</summary>
    /// <param name="status">How the call ended.</param>
    public RpcException(Status status)
        : this(status, Metadata.Empty, status.ToString())
    {
    }

    /// <summary>Creates an exception.</summary>
    /// <param name="status">How the call ended.</param>
    /// <param name="message">The exception's message.</param>
    public RpcException(Status status, string message)
        : this(status, Metadata.Empty, message)
    {
    }

    /// <summary>Creates an exception; its message is the status as text.</summary>
    /// <param name="status">How the call ended.</param>
    /// <param name="trailers">The call's trailers.</param>
    public RpcException(Status status, Metadata trailers)
        : this(status, trailers, status.ToString())
    {
    }

    /// <summary>Creates an exception.</summary>
    /// <param name="status">How the call ended.</param>
    /// <param name="trailers">The call's trailers.</param>
    /// <param name="message">The exception's message.</param>
    /// <exception cref="ArgumentNullException"><paramref name="trailers"/> is null.</exception>
    public RpcException(Status status, Metadata trailers, string message)
        : base(message, status.DebugException)
    {
        ArgumentNullException.ThrowIfNull(trailers);
        Status = status;
        Trailers = trailers;
    }

    /// <summary>How the call ended.</summary>
    public Status Status { get; }

    /// <summary>The code of <see cref="Status"/>.</summary>
    public StatusCode StatusCode => Status.StatusCode;

    /// <summary>The call's trailers; thrown by a handler, they are sent to the client.</summary>
    public Metadata Trailers { get; }
}
