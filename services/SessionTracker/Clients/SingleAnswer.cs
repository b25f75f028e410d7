namespace Atropos.SessionTracker.Clients;

/// <summary>Waits for the one answer of a call.</summary>
internal sealed class SingleAnswer<TResponse> : IResponseSink<TResponse>
{
    // Continuations must not run on the read loop: it serves every other call too.
    private readonly TaskCompletionSource<TResponse> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The answer.</summary>
    public Task<TResponse> Task => _answer.Task;

    /// <inheritdoc/>
    public void OnResponse(TResponse response) => _answer.TrySetResult(response);

    /// <inheritdoc/>
    public void OnBroken(Exception reason) => _answer.TrySetException(reason);
}
