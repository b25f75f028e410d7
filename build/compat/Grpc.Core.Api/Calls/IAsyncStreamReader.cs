namespace Grpc.Core;

/// <summary>A stream of messages to be read. One read at a time.</summary>
/// <typeparam name="T">Type of the messages.</typeparam>
public interface IAsyncStreamReader<out T>
{
    /// <summary>The message that the last successful <see cref="MoveNext"/> read.</summary>
    T Current { get; }

    /// <summary>Moves to the next message. Call it again only after the task it gave has completed.</summary>
    /// <param name="cancellationToken">Cancels the read; on a client this cancels the call.</param>
    /// <returns>True where a message was read, false at the end of the stream.</returns>
    Task<bool> MoveNext(CancellationToken cancellationToken);
}
