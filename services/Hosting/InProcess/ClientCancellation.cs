namespace Atropos.Hosting.InProcess;

/// <summary>Cancelling one read or write of a client cancels its call, as over the wire.</summary>
internal static class ClientCancellation
{
    internal static TTask Guard<TTask>(InProcessCall call, TTask running, CancellationToken cancellationToken)
        where TTask : Task
    {
        if (cancellationToken.IsCancellationRequested)
        {
            call.EndByClient("Call canceled by the client.");
            return running;
        }

        if (!running.IsCompleted)
        {
            var registration = cancellationToken.UnsafeRegister(
                static state => ((InProcessCall)state!).EndByClient("Call canceled by the client."), call);
            running.ContinueWith(
                static (_, state) => ((CancellationTokenRegistration)state!).Unregister(),
                registration,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }

        return running;
    }
}
