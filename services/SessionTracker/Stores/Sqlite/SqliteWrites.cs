using Microsoft.Data.Sqlite;

namespace Atropos.SessionTracker.Stores.Sqlite;

/// <summary>The statements of the writer's connection, prepared once.</summary>
internal sealed class SqliteWrites : IDisposable
{
    private readonly SqliteCommand _createSession;
    private readonly SqliteCommand _appendTurn;
    private readonly SqliteCommand _deleteTurns;
    private readonly SqliteCommand _deleteSession;

    public SqliteWrites(SqliteConnection connection)
    {
        _createSession = Prepare(
            connection,
            "INSERT OR IGNORE INTO sessions (uuid, record) VALUES ($uuid, $record);",
            ["$uuid", "$record"]);
        _appendTurn = Prepare(
            connection,
            """
            INSERT INTO turns (session, turn_id, parent_id, choices, continuity_fallback, created_at, checksum, record)
            SELECT number, $turn_id, $parent_id, $choices, $continuity_fallback, $created_at, $checksum, $record
            FROM sessions WHERE uuid = $uuid;
            """,
            ["$uuid", "$turn_id", "$parent_id", "$choices", "$continuity_fallback", "$created_at", "$checksum", "$record"]);
        _deleteTurns = Prepare(
            connection,
            "DELETE FROM turns WHERE session = (SELECT number FROM sessions WHERE uuid = $uuid);",
            ["$uuid"]);
        _deleteSession = Prepare(connection, "DELETE FROM sessions WHERE uuid = $uuid;", ["$uuid"]);
    }

    public void Dispose()
    {
        _createSession.Dispose();
        _appendTurn.Dispose();
        _deleteTurns.Dispose();
        _deleteSession.Dispose();
    }

    public bool CreateSession(SqliteTransaction transaction, string uuid, byte[] record) =>
        Run(_createSession, transaction, uuid, record);

    public bool AppendTurn(SqliteTransaction transaction, string uuid, StoredTurn turn) => Run(
        _appendTurn,
        transaction,
        uuid,
        turn.TurnId,
        turn.ParentId.Length == 0 ? DBNull.Value : turn.ParentId,
        turn.Choices,
        turn.ContinuityFallback ? 1 : 0,
        turn.CreatedAt,
        turn.Checksum,
        turn.Record);

    public bool DeleteSession(SqliteTransaction transaction, string uuid)
    {
        Run(_deleteTurns, transaction, uuid);
        return Run(_deleteSession, transaction, uuid);
    }

    private static SqliteCommand Prepare(SqliteConnection connection, string sql, string[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        }

        return command;
    }

    private static bool Run(SqliteCommand command, SqliteTransaction transaction, params ReadOnlySpan<object> values)
    {
        command.Transaction = transaction;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        return command.ExecuteNonQuery() > 0;
    }
}
