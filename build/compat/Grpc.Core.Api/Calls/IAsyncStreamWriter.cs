namespace Grpc.Core;

/// <summary>A stream that messages are written to. One write at a time.</summary>
/// <typeparam name="T">Type of the messages.</typeparam>
public interface IAsyncStreamWriter<in T>
{
    /// <summary>Options for the next writes; null leaves the defaults.</summary>
    WriteOptions? WriteOptions { get; set; }

    /// <summary>Writes a message. Call it again only after the task it gave has completed.</summary>
    /// <param name="message">The message.</param>
    /// <returns>Completes when the message has been accepted for sending.</returns>
    Task WriteAsync(T message);

    /// <summary>Writes a message. Call it again only after the task it gave has completed.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Cancels the write; this cancels the call.</param>
    /// <returns>Completes when the message has been accepted for sending.</returns>
    /// <exception cref="NotSupportedException">This writer cannot cancel a write and the token can be cancelled.</exception>
    Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
        {
            throw new NotSupportedException("This stream writer does not support cancellation of a write.");
        }

        return WriteAsync(message);
    }
}
