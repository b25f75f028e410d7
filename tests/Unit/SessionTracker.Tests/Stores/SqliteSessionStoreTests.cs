using Atropos.SessionTracker.Stores;
using Atropos.SessionTracker.Stores.Sqlite;
using Atropos.TestSupport;
using Microsoft.Data.Sqlite;

namespace Atropos.SessionTracker.Tests.Stores;

public sealed class SqliteSessionStoreTests : SessionStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private int _files;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_FilesCopiedFromARunningStore_HasEveryTurnThatWasAcknowledged()
    {
        await using var store = Open();
        await store.CreateSessionAsync(Turns.Session("s"));
        for (var i = 0; i < 30; i++)
        {
            await store.AppendTurnAsync("s", Turns.Record($"t{i}"));
            if (i % 10 == 9)
            {
                await using var survivor = Open(CopyAsAfterAKill(i));
                var turns = await survivor.LoadTurnsAsync("s");
                Assert.Equal(Enumerable.Range(0, i + 1).Select(n => $"t{n}"), turns.Select(turn => turn.TurnId));
            }
        }
    }

    [Fact]
    public async Task Open_LogTornInItsLastCommit_HasEveryTurnBeforeIt()
    {
        await using var store = Open();
        await store.CreateSessionAsync(Turns.Session("s"));
        await store.AppendTurnAsync("s", Turns.Record("t0"));
        await store.AppendTurnAsync("s", Turns.Record("t1"));
        var copy = CopyAsAfterAKill(0);
        using (var log = File.Open(copy + "-wal", FileMode.Open))
        {
            log.SetLength(log.Length - 100);
        }

        await using var survivor = Open(copy);

        Assert.Equal(["t0"], (await survivor.LoadTurnsAsync("s")).Select(turn => turn.TurnId));
        await survivor.AppendTurnAsync("s", Turns.Record("t2"));
        Assert.Equal(2, (await survivor.LoadTurnsAsync("s")).Count);
    }

    [Fact]
    public async Task Open_StoreWasClosed_GoesOnWhereItWas()
    {
        await using (var store = Open())
        {
            await store.CreateSessionAsync(Turns.Session("s"));
            var write = store.AppendTurnAsync("s", Turns.Record("t0"));
            await store.DisposeAsync();
            await write;
            await Assert.ThrowsAsync<SessionStoreException>(() => store.AppendTurnAsync("s", Turns.Record("t1")));
        }

        await using var again = Open(_folder.File("1.db"));
        await again.AppendTurnAsync("s", Turns.Record("t2"));
        Assert.Equal(["t0", "t2"], (await again.LoadTurnsAsync("s")).Select(turn => turn.TurnId));
    }

    [Fact]
    public async Task LoadTurnsAsync_OneByteOfARecordChanged_NamesSessionAndTurn()
    {
        await using var store = Open();
        await store.CreateSessionAsync(Turns.Session("s"));
        await store.AppendTurnAsync("s", Turns.Record("t0"));
        Sql("UPDATE turns SET record = zeroblob(length(record));");

        var error = await Assert.ThrowsAsync<SessionStoreException>(() => store.LoadTurnsAsync("s"));

        Assert.Contains("turn t0 of session s is damaged", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListSessionsAsync_SessionRecordDamaged_NamesTheSession()
    {
        await using var store = Open();
        await store.CreateSessionAsync(Turns.Session("s"));
        Sql("UPDATE sessions SET record = x'FFFF';");

        var error = await Assert.ThrowsAsync<SessionStoreException>(() => store.ListSessionsAsync());

        Assert.Contains("session s is damaged", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AppendTurnAsync_DiskRefuses_FailsTheCallersAndRecoversAfterwards()
    {
        await using var store = Open();
        await store.CreateSessionAsync(Turns.Session("s"));
        Sql("CREATE TRIGGER refuse BEFORE INSERT ON turns BEGIN SELECT RAISE(ABORT, 'disk is full'); END;");

        var writes = Enumerable.Range(0, 10).Select(i => store.AppendTurnAsync("s", Turns.Record($"t{i}"))).ToArray();
        foreach (var write in writes)
        {
            var error = await Assert.ThrowsAsync<SessionStoreException>(() => write);
            Assert.Contains("disk is full", error.Message, StringComparison.Ordinal);
        }

        Sql("DROP TRIGGER refuse;");
        await store.AppendTurnAsync("s", Turns.Record("t"));
        Assert.Equal(["t"], (await store.LoadTurnsAsync("s")).Select(turn => turn.TurnId));
    }

    [Fact]
    public void Open_SchemaOfANewerVersion_SaysSo()
    {
        using (var connection = new SqliteConnection($"Data Source={_folder.File("new.db")};Pooling=False"))
        {
            SQLitePCL.Batteries_V2.Init();
            connection.Open();
            Run(connection, "PRAGMA user_version = 99;");
        }

        var error = Assert.Throws<SessionStoreException>(() => Open(_folder.File("new.db")));

        Assert.Contains("schema 99", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FileThatIsNoDatabaseOrFolderThatIsMissing_NamesThePath()
    {
        File.WriteAllText(_folder.File("text.db"), new string('x', 5000));

        foreach (var path in new[] { _folder.File("text.db"), _folder.File("missing/x.db") })
        {
            var error = Assert.Throws<SessionStoreException>(() => Open(path));
            Assert.Contains(path, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task AppendTurnAsync_QueueOfOne_KeepsEveryTurn()
    {
        await using var store = SqliteSessionStore.Open(new() { Path = _folder.File("small.db"), MaxQueuedWrites = 1, MaxBatch = 1 });
        await store.CreateSessionAsync(Turns.Session("s"));

        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => store.AppendTurnAsync("s", Turns.Record($"t{i}"))));

        Assert.Equal(50, (await store.FindSessionAsync("s"))!.TurnCount);
    }

    protected override ISessionStore Open() => Open(_folder.File($"{++_files}.db"));

    private static SqliteSessionStore Open(string path) => SqliteSessionStore.Open(new SqliteStoreOptions { Path = path });

    // What a killed process leaves: the files as they are, the log not folded in.
    private string CopyAsAfterAKill(int number)
    {
        var copy = _folder.File($"copy{number}.db");
        foreach (var suffix in new[] { "", "-wal" })
        {
            File.Copy(_folder.File("1.db") + suffix, copy + suffix);
        }

        return copy;
    }

    private void Sql(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.File("1.db")};Pooling=False");
        connection.Open();
        Run(connection, sql);
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
