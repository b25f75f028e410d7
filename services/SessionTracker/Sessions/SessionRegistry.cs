using Atropos.Sessions.V1;
using Atropos.SessionTracker.Errors;
using Atropos.SessionTracker.Stores;
using Atropos.TokenTree;

namespace Atropos.SessionTracker.Sessions;

/// <summary>The sessions: those in use are in memory, the others wait in the store. Safe for concurrent use.</summary>
internal sealed class SessionRegistry(ISessionStore store, LoadedSessions loaded)
{
    /// <summary>Keeps a new session.</summary>
    public async Task CreateAsync(Session session, CancellationToken cancellationToken)
    {
        await GuardAsync(async () =>
        {
            await store.CreateSessionAsync(session, cancellationToken);
            return true;
        });
        loaded.Add(new LiveSession(session, new SessionTree(), store));
    }

    /// <summary>The session with its tree, read from the store where it is not in memory.</summary>
    /// <exception cref="Exception">NOT_FOUND where there is none.</exception>
    public Task<LiveSession> GetAsync(string uuid, CancellationToken cancellationToken) =>
        loaded.GetAsync(uuid, () => LoadAsync(uuid), cancellationToken);

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
        loaded.Remove(uuid);
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
