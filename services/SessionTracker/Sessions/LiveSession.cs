using System.Collections.Concurrent;
using System.Collections.Immutable;
using Atropos.Sessions.V1;
using Atropos.SessionTracker.Errors;
using Atropos.SessionTracker.Stores;
using Atropos.TokenTree;
using Atropos.TokenTree.Segments;

namespace Atropos.SessionTracker.Sessions;

/// <summary>A session with its tree in memory. Safe for concurrent use: turns of one session run side by side.</summary>
/// <param name="description">The session as it was created; it does not change, so its counters are not those of now.</param>
/// <param name="tree">Its nodes.</param>
/// <param name="store">Keeps its turns.</param>
internal sealed class LiveSession(Session description, SessionTree tree, ISessionStore store)
{
    private readonly ConcurrentDictionary<TurnNode, string> _visibleTexts = new();

    /// <summary>Its id.</summary>
    public string Id => description.Uuid;

    /// <summary>The session as it was created.</summary>
    public Session Description => description;

    /// <summary>Its nodes.</summary>
    public SessionTree Tree => tree;

    /// <summary>Records a turn, one entry a prompt: all of its nodes or none. They are durable when this returns.</summary>
    /// <returns>The nodes, by prompt and by choice.</returns>
    /// <exception cref="Exception">NOT_FOUND where the session has been deleted, UNAVAILABLE where the store failed.</exception>
    public async Task<ImmutableArray<TurnNode>> CommitAsync(IReadOnlyList<TurnCommit> turns)
    {
        var nodes = ImmutableArray<TurnNode>.Empty;
        try
        {
            // A client that leaves now is no reason to stop: the turn is complete.
            await store.AppendTurnsAsync(
                Id, [.. turns.Select(RecordMapper.ToRecord)], () => nodes = [.. turns.SelectMany(turn => tree.Commit(turn))], CancellationToken.None);
            return nodes;
        }
        catch (UnknownSessionException)
        {
            throw TrackerErrors.SessionDeleted(Id);
        }
        catch (SessionStoreException e)
        {
            throw TrackerErrors.Unavailable($"The turn could not be recorded ({e.Message}). Send it again.");
        }
    }

    /// <summary>The text of a node as clients see it, special tokens left out; read once a node.</summary>
    public async ValueTask<string> VisibleTextAsync(
        TurnNode node, Func<CancellationToken, Task<string>> read, CancellationToken cancellationToken) =>
        _visibleTexts.TryGetValue(node, out var known)
            ? known
            : _visibleTexts.GetOrAdd(node, await read(cancellationToken));
}
