using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Atropos.SessionTracker.Stores.Sqlite;

/// <summary>The database file: how it is opened, and its schema.</summary>
internal sealed class SqliteDatabase
{
    private const int SchemaVersion = 1;

    // What lists need stands before the blob, so that reading it does not touch the blob's pages.
    private const string Schema =
        """
        CREATE TABLE sessions (
          number INTEGER PRIMARY KEY AUTOINCREMENT,
          uuid TEXT NOT NULL UNIQUE,
          record BLOB NOT NULL
        );
        CREATE TABLE turns (
          number INTEGER PRIMARY KEY AUTOINCREMENT,
          session INTEGER NOT NULL REFERENCES sessions (number),
          turn_id TEXT NOT NULL,
          parent_id TEXT,
          choices INTEGER NOT NULL,
          continuity_fallback INTEGER NOT NULL,
          created_at REAL NOT NULL,
          checksum BLOB NOT NULL,
          record BLOB NOT NULL
        );
        CREATE INDEX turns_by_session ON turns (session, number);
        PRAGMA user_version = 1;
        """;

    static SqliteDatabase() => SQLitePCL.Batteries_V2.Init();

    public SqliteDatabase(string path)
    {
        Path = path;
        ConnectionString = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 30 }.ToString();
    }

    public string Path { get; }

    public string ConnectionString { get; }

    /// <summary>Opens a connection whose commits survive a loss of power.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(ConnectionString);
        try
        {
            connection.Open();
            Execute(connection, "PRAGMA synchronous = FULL;");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Makes the schema where there is none.</summary>
    /// <exception cref="SessionStoreException">The schema is of a newer version.</exception>
    public void Prepare(SqliteConnection connection)
    {
        Execute(connection, "PRAGMA journal_mode = WAL;");
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "PRAGMA user_version;";
        var version = Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
        if (version > SchemaVersion)
        {
            throw new SessionStoreException(
                $"The session store {Path} has schema {version}; this version knows up to {SchemaVersion}. "
                + "Use the version that wrote it, or a newer one.");
        }

        if (version == 0)
        {
            command.CommandText = Schema;
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
