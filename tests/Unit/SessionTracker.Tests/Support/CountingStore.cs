using Atropos.Sessions.V1;
using Atropos.SessionTracker.Stores;

namespace Atropos.SessionTracker.Tests.Support;

/// <summary>A store in memory that counts what is asked of it.</summary>
internal sealed class CountingStore : ISessionStore
{
    private readonly MemorySessionStore _store = new();
    private int _loads;

    /// <summary>How many turns each write had.</summary>
    public List<int> Writes { get; } = [];

    /// <summary>How often turns were read.</summary>
    public int Loads => _loads;

    public Task CreateSessionAsync(Session session, CancellationToken cancellationToken = default) =>
        _store.CreateSessionAsync(session, cancellationToken);

    public Task<Session?> FindSessionAsync(string uuid, CancellationToken cancellationToken = default) =>
        _store.FindSessionAsync(uuid, cancellationToken);

    public Task<IReadOnlyList<Session>> ListSessionsAsync(CancellationToken cancellationToken = default) =>
        _store.ListSessionsAsync(cancellationToken);

    public Task<int> CountSessionsAsync(CancellationToken cancellationToken = default) => _store.CountSessionsAsync(cancellationToken);

    public Task<bool> DeleteSessionAsync(string uuid, CancellationToken cancellationToken = default) =>
        _store.DeleteSessionAsync(uuid, cancellationToken);

    public Task AppendTurnsAsync(
        string uuid, IReadOnlyList<TurnRecord> turns, Action? onDurable = null, CancellationToken cancellationToken = default)
    {
        Writes.Add(turns.Count);
        return _store.AppendTurnsAsync(uuid, turns, onDurable, cancellationToken);
    }

    public Task<IReadOnlyList<TurnRecord>> LoadTurnsAsync(string uuid, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _loads);
        return _store.LoadTurnsAsync(uuid, cancellationToken);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();
}
