namespace Atropos.ReferenceEngine;

/// <summary>Slows one sequence down to a rate; late tokens are not waited for, so that the rate holds on average.</summary>
internal sealed class Pace(TimeProvider time, double tokensPerSecond)
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    private readonly long _start = time.GetTimestamp();
    private long _tokens;

    public Task NextAsync(CancellationToken cancellationToken)
    {
        if (tokensPerSecond <= 0)
        {
            return Task.CompletedTask;
        }

        var due = TimeSpan.FromSeconds(++_tokens / tokensPerSecond);
        var wait = due - time.GetElapsedTime(_start);
        return wait < ShortestWait ? Task.CompletedTask : Task.Delay(wait, time, cancellationToken);
    }
}
