namespace Atropos.Benchmarks.Load;

/// <summary>What a load gave.</summary>
/// <param name="Requests">Requests that ended well.</param>
/// <param name="Chunks">Streamed events, `[DONE]` not counted.</param>
/// <param name="Elapsed">Wall-clock time.</param>
/// <param name="FirstChunk">Time to the first event of each request, ascending.</param>
/// <param name="Whole">Time to the end of each request, ascending.</param>
/// <param name="CpuTime">CPU time that the peer took; null where there is none.</param>
internal sealed record LoadResult(
    int Requests, long Chunks, TimeSpan Elapsed, TimeSpan[] FirstChunk, TimeSpan[] Whole, TimeSpan? CpuTime)
{
    public double RequestsPerSecond => Requests / Elapsed.TotalSeconds;

    public double ChunksPerSecond => Chunks / Elapsed.TotalSeconds;

    public static TimeSpan Percentile(TimeSpan[] ascending, double share) =>
        ascending[Math.Min(ascending.Length - 1, (int)(share * ascending.Length))];
}
