using Grpc.Core;

namespace Atropos.Hosting.InProcess;

/// <summary>The client's end of the request stream.</summary>
internal sealed class InProcessRequestWriter<T>(InProcessCall call, MessageQueue<T> queue) : IClientStreamWriter<T>
    where T : class
{
    public WriteOptions? WriteOptions { get; set; }

    public Task WriteAsync(T message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return queue.WriteAsync(message);
    }

    public Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        var write = WriteAsync(message);
        return cancellationToken.CanBeCanceled ? ClientCancellation.Guard(call, write, cancellationToken) : write;
    }

    public Task CompleteAsync()
    {
        queue.Complete(null);
        return Task.CompletedTask;
    }
}
