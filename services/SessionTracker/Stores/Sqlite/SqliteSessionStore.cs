using Atropos.Sessions.V1;
using Microsoft.Data.Sqlite;

namespace Atropos.SessionTracker.Stores.Sqlite;

/// <summary>
/// Sessions in one SQLite file: write-ahead log, each commit flushed to disk, commits shared by callers that wait at the same time.
/// One store at a time may have the file open (<c>.lock</c> beside it).
/// </summary>
public sealed class SqliteSessionStore : ISessionStore
{
    private const string SelectSessions =
        """
        SELECT s.uuid, COUNT(t.number), COALESCE(SUM(t.choices), 0) - COUNT(DISTINCT t.parent_id),
               COALESCE(SUM(t.continuity_fallback), 0), MAX(t.created_at), s.record
        FROM sessions s LEFT JOIN turns t ON t.session = s.number
        """;

    private readonly SqliteDatabase _database;
    private readonly SqliteWriter _writer;
    private readonly StoreLock _lock;

    private SqliteSessionStore(SqliteDatabase database, SqliteWriter writer, StoreLock held)
    {
        _database = database;
        _writer = writer;
        _lock = held;
    }

    /// <summary>Opens a store, making the file where there is none.</summary>
    /// <exception cref="SessionStoreException">The file cannot be opened, is open elsewhere, is no store, or is of a newer version.</exception>
    public static SqliteSessionStore Open(SqliteStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrWhiteSpace(options.Path);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxQueuedWrites, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxBatch, 1);
        var held = StoreLock.Take(options.Path);
        var database = new SqliteDatabase(options.Path);
        SqliteConnection? connection = null;
        try
        {
            connection = database.Open();
            database.Prepare(connection);
            return new SqliteSessionStore(database, new SqliteWriter(connection, options), held);
        }
        catch (SqliteException error)
        {
            connection?.Dispose();
            held.Dispose();
            throw new SessionStoreException($"The session store {options.Path} cannot be opened: {error.Message}", error);
        }
        catch
        {
            connection?.Dispose();
            held.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public Task CreateSessionAsync(Session session, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        var uuid = session.Uuid;
        var record = RecordFormat.Write(session);
        var write = new SqliteWrite(
            (writes, transaction) => writes.CreateSession(transaction, uuid, record),
            () => new SessionStoreException($"There is a session {uuid} already."),
            onDurable: null);
        return _writer.WriteAsync(write, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> DeleteSessionAsync(string uuid, CancellationToken cancellationToken = default)
    {
        var write = new SqliteWrite(
            (writes, transaction) => writes.DeleteSession(transaction, uuid), refusal: null, onDurable: null);
        return _writer.WriteAsync(write, cancellationToken);
    }

    /// <inheritdoc/>
    public Task AppendTurnsAsync(
        string uuid, IReadOnlyList<TurnRecord> turns, Action? onDurable = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(turns);
        StoredTurn[] stored = [.. turns.Select(StoredTurn.Of)];
        var write = new SqliteWrite(
            (writes, transaction) => Array.TrueForAll(stored, turn => writes.AppendTurn(transaction, uuid, turn)),
            () => new UnknownSessionException(uuid),
            onDurable);
        return _writer.WriteAsync(write, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<Session?> FindSessionAsync(string uuid, CancellationToken cancellationToken = default)
    {
        var sessions = await ReadAsync(
            SelectSessions + " WHERE s.uuid = $uuid GROUP BY s.number;", uuid, ReadSession, cancellationToken);
        return sessions.Count == 0 ? null : sessions[0];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Session>> ListSessionsAsync(CancellationToken cancellationToken = default) =>
        await ReadAsync(SelectSessions + " GROUP BY s.number ORDER BY s.number;", uuid: null, ReadSession, cancellationToken);

    /// <inheritdoc/>
    public async Task<int> CountSessionsAsync(CancellationToken cancellationToken = default) =>
        (await ReadAsync("SELECT COUNT(*) FROM sessions;", uuid: null, row => row.GetInt32(0), cancellationToken))[0];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TurnRecord>> LoadTurnsAsync(string uuid, CancellationToken cancellationToken = default)
    {
        // One statement, so that a session deleted meanwhile is either there with all turns or not there at all.
        var rows = await ReadAsync(
            """
            SELECT t.turn_id, t.checksum, t.record
            FROM sessions s LEFT JOIN turns t ON t.session = s.number
            WHERE s.uuid = $uuid ORDER BY t.number;
            """,
            uuid,
            row => row.IsDBNull(0)
                ? null
                : StoredTurn.Read(row.GetFieldValue<byte[]>(2), row.GetFieldValue<byte[]>(1), uuid, row.GetString(0)),
            cancellationToken);
        return rows.Count == 0 ? throw new UnknownSessionException(uuid) : [.. rows.OfType<TurnRecord>()];
    }

    /// <summary>Makes what is queued durable, then closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        using var connection = new SqliteConnection(_database.ConnectionString);
        SqliteConnection.ClearPool(connection);
        _lock.Dispose();
    }

    private static Session ReadSession(SqliteDataReader row)
    {
        var totals = new TurnTotals(row.GetInt32(1), row.GetInt32(2), row.GetInt32(3), row.IsDBNull(4) ? null : row.GetDouble(4));
        return RecordFormat.ReadSession(row.GetFieldValue<byte[]>(5), row.GetString(0), totals);
    }

    private Task<List<T>> ReadAsync<T>(
        string sql, string? uuid, Func<SqliteDataReader, T> read, CancellationToken cancellationToken) =>
        Task.Run(() => Read(sql, uuid, read, cancellationToken), cancellationToken);

    private List<T> Read<T>(string sql, string? uuid, Func<SqliteDataReader, T> read, CancellationToken cancellationToken)
    {
        try
        {
            using var connection = _database.Open();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            if (uuid is not null)
            {
                command.Parameters.AddWithValue("$uuid", uuid);
            }

            using var reader = command.ExecuteReader();
            var rows = new List<T>();
            while (reader.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                rows.Add(read(reader));
            }

            return rows;
        }
        catch (SqliteException error)
        {
            throw new SessionStoreException($"The session store {_database.Path} could not be read: {error.Message}", error);
        }
    }
}
