using Atropos.Sessions.V1;

namespace Atropos.SessionTracker.Stores;

/// <summary>
/// Keeps sessions and their turns. Safe for use by many threads. What follows from the turns (counts, time of the last turn) is
/// computed when a session is read.
/// </summary>
public interface ISessionStore : IAsyncDisposable
{
    /// <summary>Keeps a session; it is durable when the task completes.</summary>
    /// <param name="session">The session; its uuid must be new.</param>
    /// <param name="cancellationToken">Ends waiting for room in the queue; once queued, the session is kept.</param>
    /// <exception cref="SessionStoreException">The uuid is taken, or the store failed.</exception>
    Task CreateSessionAsync(Session session, CancellationToken cancellationToken = default);

    /// <summary>Gives a session; null where there is none.</summary>
    /// <exception cref="SessionStoreException">The record is damaged or of a newer version, or the store failed.</exception>
    Task<Session?> FindSessionAsync(string uuid, CancellationToken cancellationToken = default);

    /// <summary>Gives all sessions, oldest first.</summary>
    /// <exception cref="SessionStoreException">A record is damaged or of a newer version, or the store failed.</exception>
    Task<IReadOnlyList<Session>> ListSessionsAsync(CancellationToken cancellationToken = default);

    /// <summary>Counts the sessions, without reading any.</summary>
    /// <exception cref="SessionStoreException">The store failed.</exception>
    Task<int> CountSessionsAsync(CancellationToken cancellationToken = default);

    /// <summary>Deletes a session and its turns.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="SessionStoreException">The store failed.</exception>
    Task<bool> DeleteSessionAsync(string uuid, CancellationToken cancellationToken = default);

    /// <summary>Keeps turns, all or none; they are durable when the task completes.</summary>
    /// <param name="uuid">The session.</param>
    /// <param name="turns">The turns, in order; they are written before the method returns, so the caller may change them afterwards.</param>
    /// <param name="onDurable">
    /// Called once, when all turns are durable and before the task completes, one call at a time and in the order in which
    /// <see cref="LoadTurnsAsync"/> gives the turns: what it builds is what a reload builds. It must be short. What it throws fails
    /// the task, though the turns are kept.
    /// </param>
    /// <param name="cancellationToken">Ends waiting for room in the queue; once queued, the turns are kept.</param>
    /// <exception cref="UnknownSessionException">There is no such session; no turn is kept.</exception>
    /// <exception cref="SessionStoreException">The store failed; no turn is kept.</exception>
    Task AppendTurnsAsync(
        string uuid, IReadOnlyList<TurnRecord> turns, Action? onDurable = null, CancellationToken cancellationToken = default);

    /// <summary>Gives all turns of a session, in the order in which they became durable.</summary>
    /// <exception cref="UnknownSessionException">There is no such session.</exception>
    /// <exception cref="SessionStoreException">A record is damaged or of a newer version, or the store failed.</exception>
    Task<IReadOnlyList<TurnRecord>> LoadTurnsAsync(string uuid, CancellationToken cancellationToken = default);
}
