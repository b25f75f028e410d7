using Atropos.Hosting.Errors;
using Atropos.Sessions.V1;
using Atropos.SessionTracker.Sessions;
using Atropos.SessionTracker.Tests.Support;

namespace Atropos.SessionTracker.Tests.Sessions;

public sealed class LoadedSessionsTests : IAsyncDisposable
{
    private static readonly TimeSpan IdleTime = TimeSpan.FromMinutes(10);

    private readonly ManualTime _time = new();
    private readonly CountingStore _store = new();
    private readonly LoadedSessions _loaded;
    private readonly SessionRegistry _registry;

    public LoadedSessionsTests()
    {
        _loaded = new LoadedSessions(_time, maxSessions: 20, IdleTime);
        _registry = new SessionRegistry(_store, _loaded);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task A_session_that_nobody_asks_for_is_let_go_of_and_read_again()
    {
        await CreateAsync("a");
        _time.Advance(IdleTime);
        await CreateAsync("b");
        var held = _loaded.Count;
        Collect();

        var again = await _registry.GetAsync("a", CancellationToken.None);

        Assert.Equal((1, 1, 2), (held, _store.Loads, _loaded.Count));
        Assert.Equal("a", again.Id);
    }

    [Fact]
    public async Task A_session_that_is_asked_for_is_held()
    {
        await CreateAsync("a");
        for (var i = 0; i < 5; i++)
        {
            _time.Advance(IdleTime / 2);
            Collect();
            await _registry.GetAsync("a", CancellationToken.None);
        }

        Assert.Equal((0, 1), (_store.Loads, _loaded.Count));
    }

    [Fact]
    public async Task A_session_that_somebody_still_has_stays_the_only_one()
    {
        await CreateAsync("a");
        var inUse = await _registry.GetAsync("a", CancellationToken.None);
        _time.Advance(IdleTime);
        await CreateAsync("b");
        _time.Advance(IdleTime);
        await CreateAsync("c");
        Collect();

        Assert.Equal(1, _loaded.Count);
        Assert.Same(inUse, await _registry.GetAsync("a", CancellationToken.None));
        Assert.Equal((0, 2), (_store.Loads, _loaded.Count));
    }

    [Fact]
    public async Task Beyond_the_most_those_go_that_were_asked_for_longest_ago()
    {
        for (var i = 0; i < 20; i++)
        {
            await CreateAsync($"s{i}");
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        await _registry.GetAsync("s0", CancellationToken.None);
        await CreateAsync("one more");
        Assert.Equal(18, _loaded.Count);
        Collect();
        foreach (var uuid in new[] { "s0", "s4", "s19", "s1" })
        {
            await _registry.GetAsync(uuid, CancellationToken.None);
        }

        Assert.Equal(1, _store.Loads);
    }

    [Fact]
    public async Task A_session_that_is_not_there_takes_no_room()
    {
        await Assert.ThrowsAsync<AtroposException>(() => _registry.GetAsync("a", CancellationToken.None));
        Assert.Equal(0, _loaded.Count);

        await CreateAsync("a");
        Assert.Equal("a", (await _registry.GetAsync("a", CancellationToken.None)).Id);
    }

    [Fact]
    public async Task Callers_at_the_same_time_read_a_session_once()
    {
        await _store.CreateSessionAsync(new Session { Uuid = "a" });

        var sessions = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => _registry.GetAsync("a", CancellationToken.None))));

        Assert.Single(sessions.Distinct());
        Assert.Equal(1, _store.Loads);
    }

    private Task CreateAsync(string uuid) => _registry.CreateAsync(new Session { Uuid = uuid }, CancellationToken.None);

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }
}
