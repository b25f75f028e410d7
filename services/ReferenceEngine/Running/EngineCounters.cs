namespace Atropos.ReferenceEngine;

/// <summary>What the metrics report.</summary>
internal sealed class EngineCounters
{
    private long _running;
    private long _waiting;
    private long _promptTokens;
    private long _generationTokens;
    private long _requests;
    private long _aborted;

    public long Running => Interlocked.Read(ref _running);

    public long Waiting => Interlocked.Read(ref _waiting);

    public long PromptTokens => Interlocked.Read(ref _promptTokens);

    public long GenerationTokens => Interlocked.Read(ref _generationTokens);

    public long Requests => Interlocked.Read(ref _requests);

    public long Aborted => Interlocked.Read(ref _aborted);

    public void Arrived(int promptTokens)
    {
        Interlocked.Increment(ref _waiting);
        Interlocked.Add(ref _promptTokens, promptTokens);
    }

    public void Started()
    {
        Interlocked.Decrement(ref _waiting);
        Interlocked.Increment(ref _running);
    }

    public void Ended(bool started, bool aborted, int tokens)
    {
        if (started)
        {
            Interlocked.Decrement(ref _running);
        }
        else
        {
            Interlocked.Decrement(ref _waiting);
        }

        Interlocked.Increment(ref aborted ? ref _aborted : ref _requests);
        Interlocked.Add(ref _generationTokens, tokens);
    }
}
