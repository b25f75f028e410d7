using System.Collections.Concurrent;
using Atropos.Sessions.V1;
using Atropos.SessionTracker.Errors;
using Atropos.SessionTracker.Stores;
using Atropos.TokenTree;

namespace Atropos.SessionTracker.Sessions;

/// <summary>The sessions: those that were used since the start are in memory, the others wait in the store. Safe for concurrent use.</summary>
internal sealed class SessionRegistry(ISessionStore store)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<LiveSession>>> _live = new(StringComparer.Ordinal);

    /// <summary>Keeps a new session.</summary>
    public async Task CreateAsync(Session session, CancellationToken cancellationToken)
    {
        await GuardAsync(async () =>
        {
            await store.CreateSessionAsync(session, cancellationToken);
            return true;
        });
        _live[session.Uuid] = new Lazy<Task<LiveSession>>(Task.FromResult(new LiveSession(session, new SessionTree(), store)));
    }

    /// <summary>The session with its tree, read from the store where it is not in memory.</summary>
    /// <exception cref="Exception">NOT_FOUND where there is none.</exception>
    public async ValueTask<LiveSession> GetAsync(string uuid, CancellationToken cancellationToken)
    {
        var loading = _live.GetOrAdd(uuid, static (id, self) => new Lazy<Task<LiveSession>>(() => self.LoadAsync(id)), this);
        try
        {
            return await loading.Value.WaitAsync(cancellationToken);
        }
        catch when (loading.Value.IsFaulted)
        {
            // The next one who asks tries again.
            _live.TryRemove(KeyValuePair.Create(uuid, loading));
            throw;
        }
    }

    /// <summary>Describes one session, with its counters of now.</summary>
    /// <exception cref="Exception">NOT_FOUND where there is none.</exception>
    public async Task<Session> DescribeAsync(string uuid, CancellationToken cancellationToken) =>
        await GuardAsync(() => store.FindSessionAsync(uuid, cancellationToken)) ?? throw TrackerErrors.SessionNotFound(uuid);

    /// <summary>Describes all sessions, oldest first.</summary>
    public Task<IReadOnlyList<Session>> ListAsync(CancellationToken cancellationToken) =>
        GuardAsync(() => store.ListSessionsAsync(cancellationToken));

    /// <summary>Counts all sessions.</summary>
    public Task<int> CountAsync(CancellationToken cancellationToken) =>
        GuardAsync(() => store.CountSessionsAsync(cancellationToken));

    /// <summary>Deletes a session. Turns under way in it fail when they are to be recorded.</summary>
    /// <exception cref="Exception">NOT_FOUND where there is none.</exception>
    public async Task DeleteAsync(string uuid, CancellationToken cancellationToken)
    {
        // The store first: whoever loads the session after it is gone from memory must not find it.
        var deleted = await GuardAsync(() => store.DeleteSessionAsync(uuid, cancellationToken));
        _live.TryRemove(uuid, out _);
        if (!deleted)
        {
            throw TrackerErrors.SessionNotFound(uuid);
        }
    }

    private async Task<LiveSession> LoadAsync(string uuid)
    {
        var session = await DescribeAsync(uuid, CancellationToken.None);
        var turns = await GuardAsync(() => store.LoadTurnsAsync(uuid, CancellationToken.None));
        return new LiveSession(session, await GuardAsync(() => Task.FromResult(RecordMapper.Rebuild(uuid, turns))), store);
    }

    private static async Task<T> GuardAsync<T>(Func<Task<T>> use)
    {
        try
        {
            return await use();
        }
        catch (UnknownSessionException e)
        {
            throw TrackerErrors.SessionNotFound(e.Uuid);
        }
        catch (SessionStoreException e)
        {
            throw TrackerErrors.Unavailable($"The session store failed: {e.Message}");
        }
    }
}
