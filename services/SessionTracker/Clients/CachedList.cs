namespace Atropos.SessionTracker.Clients;

/// <summary>A list of another service, remembered for a short while so that a turn need not ask for it. Safe for concurrent use.</summary>
/// <param name="load">Asks for the list.</param>
/// <param name="time">Tells the list's age.</param>
/// <param name="lifetime">How long it is remembered.</param>
internal sealed class CachedList<T>(Func<CancellationToken, Task<IReadOnlyList<T>>> load, TimeProvider time, TimeSpan lifetime)
{
    private volatile Snapshot? _snapshot;

    /// <summary>The list, perhaps remembered.</summary>
    public async ValueTask<IReadOnlyList<T>> GetAsync(CancellationToken cancellationToken) =>
        _snapshot is { } known && time.GetElapsedTime(known.Taken) < lifetime ? known.Items : await RefreshAsync(cancellationToken);

    /// <summary>The list as it is now.</summary>
    public async Task<IReadOnlyList<T>> RefreshAsync(CancellationToken cancellationToken)
    {
        var items = await load(cancellationToken);
        _snapshot = new Snapshot(items, time.GetTimestamp());
        return items;
    }

    private sealed record Snapshot(IReadOnlyList<T> Items, long Taken);
}
