using Grpc.Core;

namespace Atropos.Hosting.InProcess;

/// <summary>The client's end of the response stream.</summary>
internal sealed class InProcessResponseReader<T>(InProcessCall call, MessageQueue<T> queue) : IAsyncStreamReader<T>
    where T : class
{
    public T Current => queue.Current ?? throw new InvalidOperationException("There is no current message; call MoveNext first.");

    public Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        var read = queue.ReadAsync();
        return cancellationToken.CanBeCanceled ? ClientCancellation.Guard(call, read, cancellationToken) : read;
    }
}
