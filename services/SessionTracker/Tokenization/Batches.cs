namespace Atropos.SessionTracker.Tokenization;

/// <summary>Asks the same of many things, some at once: one after the other would wait for the network each time.</summary>
internal static class Batches
{
    private const int AtOnce = 64;

    /// <summary>Asks for each item.</summary>
    /// <param name="items">What to ask for.</param>
    /// <param name="ask">Asks for one; called for up to 64 at once.</param>
    /// <returns>The answers, in the order of the items.</returns>
    public static async Task<TResult[]> SelectAsync<T, TResult>(IReadOnlyCollection<T> items, Func<T, Task<TResult>> ask)
    {
        var results = new List<TResult>(items.Count);
        foreach (var batch in items.Chunk(AtOnce))
        {
            results.AddRange(await Task.WhenAll(batch.Select(ask)));
        }

        return [.. results];
    }
}
