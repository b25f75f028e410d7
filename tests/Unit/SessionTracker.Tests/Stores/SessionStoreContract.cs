using System.Collections.Concurrent;
using Atropos.Sessions.V1;
using Atropos.SessionTracker.Stores;

namespace Atropos.SessionTracker.Tests.Stores;

/// <summary>What every store must do.</summary>
public abstract class SessionStoreContract
{
    protected abstract ISessionStore Open();

    [Fact]
    public async Task FindSessionAsync_SessionWasCreated_GivesItWithCountsOfItsTurns()
    {
        await using var store = Open();
        await store.CreateSessionAsync(Turns.Session("s"));
        var empty = await store.FindSessionAsync("s");
        await store.AppendTurnAsync("s", At(Turns.Record("t1", choices: 3), seconds: 150));
        await store.AppendTurnAsync("s", At(Turns.Record("t2", parentId: "t1-0"), seconds: 160));
        await store.AppendTurnAsync("s", At(Turns.Record("t3", parentId: "t1-0"), seconds: 170));

        var session = await store.FindSessionAsync("s");

        Assert.Equal((0, 0, 100.0), (empty!.TurnCount, empty.NodeCount, empty.LastAccessed));
        Assert.Equal((3, 4, 170.0), (session!.TurnCount, session.NodeCount, session.LastAccessed));
        Assert.Equal("hermes", session.ToolParser);
        Assert.Null(await store.FindSessionAsync("other"));
    }

    [Fact]
    public async Task CreateSessionAsync_UuidTaken_ThrowsAndKeepsTheFirst()
    {
        await using var store = Open();
        await store.CreateSessionAsync(Turns.Session("s"));
        var second = Turns.Session("s");
        second.ModelName = "other";

        await Assert.ThrowsAsync<SessionStoreException>(() => store.CreateSessionAsync(second));

        Assert.Equal("m", (await store.FindSessionAsync("s"))!.ModelName);
    }

    [Fact]
    public async Task ListSessionsAsync_SeveralSessions_GivesThemOldestFirst()
    {
        await using var store = Open();
        foreach (var uuid in new[] { "c", "a", "b" })
        {
            await store.CreateSessionAsync(Turns.Session(uuid));
        }

        await store.AppendTurnAsync("a", Turns.Record("t"));

        var sessions = await store.ListSessionsAsync();

        Assert.Equal(["c", "a", "b"], sessions.Select(session => session.Uuid));
        Assert.Equal([0, 1, 0], sessions.Select(session => session.TurnCount));
    }

    [Fact]
    public async Task CountSessionsAsync_SessionsComeAndGo_CountsThoseThereAre()
    {
        await using var store = Open();
        var none = await store.CountSessionsAsync();
        await store.CreateSessionAsync(Turns.Session("a"));
        await store.CreateSessionAsync(Turns.Session("b"));
        await store.AppendTurnAsync("a", Turns.Record("t1"));
        await store.AppendTurnAsync("a", Turns.Record("t2"));
        var two = await store.CountSessionsAsync();
        await store.DeleteSessionAsync("a");

        Assert.Equal((0, 2, 1), (none, two, await store.CountSessionsAsync()));
    }

    [Fact]
    public async Task LoadTurnsAsync_SeveralSessions_GivesEachItsTurnsInOrder()
    {
        await using var store = Open();
        await store.CreateSessionAsync(Turns.Session("a"));
        await store.CreateSessionAsync(Turns.Session("b"));
        var turns = Enumerable.Range(0, 20).Select(i => Turns.Record($"t{i}")).ToArray();
        for (var i = 0; i < turns.Length; i++)
        {
            await store.AppendTurnAsync(i % 3 == 0 ? "a" : "b", turns[i]);
        }

        Assert.Equal(turns.Where((_, i) => i % 3 == 0), await store.LoadTurnsAsync("a"));
        Assert.Equal(turns.Where((_, i) => i % 3 != 0), await store.LoadTurnsAsync("b"));
    }

    [Fact]
    public async Task LoadTurnsAsync_NoTurns_GivesNoneAndNoSession_Throws()
    {
        await using var store = Open();
        await store.CreateSessionAsync(Turns.Session("s"));

        Assert.Empty(await store.LoadTurnsAsync("s"));
        var error = await Assert.ThrowsAsync<UnknownSessionException>(() => store.LoadTurnsAsync("other"));
        Assert.Equal("other", error.Uuid);
    }

    [Fact]
    public async Task DeleteSessionAsync_SessionWithTurns_LeavesNothingOfIt()
    {
        await using var store = Open();
        await store.CreateSessionAsync(Turns.Session("s"));
        await store.CreateSessionAsync(Turns.Session("other"));
        await store.AppendTurnAsync("s", Turns.Record("t"));
        await store.AppendTurnAsync("other", Turns.Record("t"));

        Assert.True(await store.DeleteSessionAsync("s"));

        Assert.False(await store.DeleteSessionAsync("s"));
        Assert.Null(await store.FindSessionAsync("s"));
        await Assert.ThrowsAsync<UnknownSessionException>(() => store.AppendTurnAsync("s", Turns.Record("u")));
        Assert.Single(await store.LoadTurnsAsync("other"));
        await store.CreateSessionAsync(Turns.Session("s"));
        Assert.Empty(await store.LoadTurnsAsync("s"));
    }

    [Fact]
    public async Task AppendTurnsAsync_SeveralTurns_KeepsThemInOrderWithOneCallback()
    {
        await using var store = Open();
        await store.CreateSessionAsync(Turns.Session("s"));
        var turns = Enumerable.Range(0, 5).Select(i => Turns.Record($"t{i}")).ToArray();
        var callbacks = 0;

        await store.AppendTurnsAsync("s", turns, () => callbacks++);
        await Assert.ThrowsAsync<UnknownSessionException>(() => store.AppendTurnsAsync("other", turns, () => callbacks++));

        Assert.Equal(1, callbacks);
        Assert.Equal(turns, await store.LoadTurnsAsync("s"));
    }

    [Fact]
    public async Task AppendTurnAsync_SixtyFourWriters_KeepsEveryTurnInTheOrderOfTheCallbacks()
    {
        await using var store = Open();
        await store.CreateSessionAsync(Turns.Session("s"));
        var durable = new ConcurrentQueue<string>();

        await Task.WhenAll(Enumerable.Range(0, 64).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 8; i++)
            {
                var id = $"t{writer}-{i}";
                await store.AppendTurnAsync("s", Turns.Record(id), () => durable.Enqueue(id));
                Assert.Contains(id, durable);
            }
        })));

        var turns = await store.LoadTurnsAsync("s");
        Assert.Equal(512, turns.Count);
        Assert.Equal(durable, turns.Select(turn => turn.TurnId));
    }

    [Fact]
    public async Task AppendTurnAsync_UnknownSessionAmongOthers_FailsOnlyThatCaller()
    {
        await using var store = Open();
        await store.CreateSessionAsync(Turns.Session("s"));

        var writes = Enumerable.Range(0, 30)
            .Select(i => store.AppendTurnAsync(i % 10 == 5 ? "unknown" : "s", Turns.Record($"t{i}")))
            .ToArray();
        await Task.WhenAll(writes.Where((_, i) => i % 10 != 5));

        foreach (var write in writes.Where((_, i) => i % 10 == 5))
        {
            await Assert.ThrowsAsync<UnknownSessionException>(() => write);
        }

        Assert.Equal(27, (await store.LoadTurnsAsync("s")).Count);
    }

    [Fact]
    public async Task AppendTurnAsync_CallbackThrows_FailsTheTaskAndNothingElse()
    {
        await using var store = Open();
        await store.CreateSessionAsync(Turns.Session("s"));

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => store.AppendTurnAsync("s", Turns.Record("t1"), () => throw new InvalidOperationException("no")));

        await store.AppendTurnAsync("s", Turns.Record("t2"));
        Assert.Equal(2, (await store.LoadTurnsAsync("s")).Count);
    }

    [Fact]
    public async Task LoadTurnsAsync_RecordOfANewerFormat_NamesSessionAndTurn()
    {
        await using var store = Open();
        await store.CreateSessionAsync(Turns.Session("s"));
        var turn = Turns.Record("t9");
        turn.Format = 2;
        await store.AppendTurnAsync("s", turn);

        var error = await Assert.ThrowsAsync<SessionStoreException>(() => store.LoadTurnsAsync("s"));

        Assert.Contains("turn t9 of session s", error.Message, StringComparison.Ordinal);
        Assert.Contains("format 2", error.Message, StringComparison.Ordinal);
    }

    private static TurnRecord At(TurnRecord record, int seconds)
    {
        record.CreatedAt = new Google.Protobuf.WellKnownTypes.Timestamp { Seconds = seconds };
        return record;
    }
}
