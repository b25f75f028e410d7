namespace Atropos.SessionTracker.Stores;

/// <summary>The store has no such session: it was never created, or it has been deleted.</summary>
public sealed class UnknownSessionException : SessionStoreException
{
    /// <summary>Makes the error.</summary>
    /// <param name="uuid">The session that was asked for.</param>
    public UnknownSessionException(string uuid)
        : base($"There is no session {uuid}.")
    {
        Uuid = uuid;
    }

    /// <summary>The session that was asked for.</summary>
    public string Uuid { get; }
}
