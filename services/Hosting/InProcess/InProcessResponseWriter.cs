using Grpc.Core;

namespace Atropos.Hosting.InProcess;

/// <summary>The handler's end of the response stream.</summary>
internal sealed class InProcessResponseWriter<T>(InProcessCall call, MessageQueue<T> queue) : IServerStreamWriter<T>
    where T : class
{
    public WriteOptions? WriteOptions { get; set; }

    public Task WriteAsync(T message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!call.IsEnded)
        {
            call.SendHeadersIfUnsent();
        }

        return queue.WriteAsync(message);
    }

    public Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellationToken);
        }

        var write = WriteAsync(message);
        return write.IsCompleted || !cancellationToken.CanBeCanceled ? write : write.WaitAsync(cancellationToken);
    }
}
