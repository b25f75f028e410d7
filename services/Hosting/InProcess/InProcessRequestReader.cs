using Grpc.Core;

namespace Atropos.Hosting.InProcess;

/// <summary>The handler's end of the request stream.</summary>
internal sealed class InProcessRequestReader<T>(MessageQueue<T> queue) : IAsyncStreamReader<T>
    where T : class
{
    public T Current => queue.Current ?? throw new InvalidOperationException("There is no current message; call MoveNext first.");

    public Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<bool>(cancellationToken);
        }

        // The read itself goes on where its wait is given up; the next read of this stream would find it in progress.
        var read = queue.ReadAsync();
        return read.IsCompleted || !cancellationToken.CanBeCanceled ? read : read.WaitAsync(cancellationToken);
    }
}
