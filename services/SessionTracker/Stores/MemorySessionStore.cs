using Atropos.Sessions.V1;

namespace Atropos.SessionTracker.Stores;

/// <summary>Sessions in memory, for tests and for runs that nothing of which has to last.</summary>
public sealed class MemorySessionStore : ISessionStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _sessions = new(StringComparer.Ordinal);
    private long _nextNumber;

    /// <inheritdoc/>
    public Task CreateSessionAsync(Session session, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        var record = RecordFormat.Write(session);
        lock (_lock)
        {
            return _sessions.TryAdd(session.Uuid, new Entry(_nextNumber++, record, []))
                ? Task.CompletedTask
                : Task.FromException(new SessionStoreException($"There is a session {session.Uuid} already."));
        }
    }

    /// <inheritdoc/>
    public Task<Session?> FindSessionAsync(string uuid, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return Task.FromResult(_sessions.TryGetValue(uuid, out var entry) ? entry.Read(uuid) : null);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Session>> ListSessionsAsync(CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<Session>>(
                [.. _sessions.OrderBy(pair => pair.Value.Number).Select(pair => pair.Value.Read(pair.Key))]);
        }
    }

    /// <inheritdoc/>
    public Task<int> CountSessionsAsync(CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return Task.FromResult(_sessions.Count);
        }
    }

    /// <inheritdoc/>
    public Task<bool> DeleteSessionAsync(string uuid, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return Task.FromResult(_sessions.Remove(uuid));
        }
    }

    /// <inheritdoc/>
    public Task AppendTurnsAsync(
        string uuid, IReadOnlyList<TurnRecord> turns, Action? onDurable = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(turns);
        StoredTurn[] stored = [.. turns.Select(StoredTurn.Of)];
        lock (_lock)
        {
            if (!_sessions.TryGetValue(uuid, out var entry))
            {
                return Task.FromException(new UnknownSessionException(uuid));
            }

            entry.Turns.AddRange(stored);
            try
            {
                onDurable?.Invoke();
                return Task.CompletedTask;
            }
            catch (Exception error)
            {
                return Task.FromException(error);
            }
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<TurnRecord>> LoadTurnsAsync(string uuid, CancellationToken cancellationToken = default)
    {
        StoredTurn[] turns;
        lock (_lock)
        {
            if (!_sessions.TryGetValue(uuid, out var entry))
            {
                return Task.FromException<IReadOnlyList<TurnRecord>>(new UnknownSessionException(uuid));
            }

            turns = [.. entry.Turns];
        }

        return Task.FromResult<IReadOnlyList<TurnRecord>>(
            [.. turns.Select(turn => StoredTurn.Read(turn.Record, turn.Checksum, uuid, turn.TurnId))]);
    }

    /// <summary>Does nothing: what was kept goes with the store.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed record Entry(long Number, byte[] Record, List<StoredTurn> Turns)
    {
        public Session Read(string uuid)
        {
            var parents = Turns.Where(turn => turn.ParentId.Length > 0).Select(turn => turn.ParentId).Distinct().Count();
            var totals = new TurnTotals(
                Turns.Count,
                Turns.Sum(turn => turn.Choices) - parents,
                Turns.Count(turn => turn.ContinuityFallback),
                Turns.Count == 0 ? null : Turns.Max(turn => turn.CreatedAt));
            return RecordFormat.ReadSession(Record, uuid, totals);
        }
    }
}
