namespace Atropos.SessionTracker.Stores.Sqlite;

/// <summary>How <see cref="SqliteSessionStore"/> keeps sessions.</summary>
public sealed class SqliteStoreOptions
{
    /// <summary>The database file; it is made where there is none, its folder is not.</summary>
    public required string Path { get; init; }

    /// <summary>Most writes that wait to be made durable; further callers wait for room. Default: 1,024.</summary>
    public int MaxQueuedWrites { get; init; } = 1024;

    /// <summary>Most writes that are made durable together. Default: 256.</summary>
    public int MaxBatch { get; init; } = 256;
}
