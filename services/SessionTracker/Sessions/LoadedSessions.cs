namespace Atropos.SessionTracker.Sessions;

/// <summary>
/// The sessions in memory. One that has not been asked for in a while is let go of, and read again when it is. Whoever still has it
/// keeps it, and is then joined by those who ask, so that there is never more than one instance of a session. Safe for concurrent use.
/// </summary>
/// <param name="time">Tells how long ago a session was asked for.</param>
/// <param name="maxSessions">Most sessions to hold on to; beyond it those go first that were asked for longest ago.</param>
/// <param name="idleTime">How long a session is held on to that nobody asks for.</param>
internal sealed class LoadedSessions(TimeProvider time, int maxSessions, TimeSpan idleTime)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private long _lastSweep = time.GetTimestamp();
    private int _held;

    /// <summary>Number of sessions that are held on to.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _held;
            }
        }
    }

    /// <summary>Adds a session that nobody can have asked for yet.</summary>
    public void Add(LiveSession session) => FindOrLoad(session.Id, () => Task.FromResult(session));

    /// <summary>Gives a session.</summary>
    /// <param name="uuid">The session.</param>
    /// <param name="load">Reads it; called where it is not in memory, and by one at a time.</param>
    /// <param name="cancellationToken">Ends the waiting; what is being read is read to its end.</param>
    /// <exception cref="Exception">Whatever reading it failed with; the next who asks tries again.</exception>
    public async Task<LiveSession> GetAsync(string uuid, Func<Task<LiveSession>> load, CancellationToken cancellationToken)
    {
        // To rebuild a tree takes long, and must not run under the lock.
        var session = FindOrLoad(uuid, () => Task.Run(load, CancellationToken.None));
        try
        {
            return await session.WaitAsync(cancellationToken);
        }
        catch when (session.IsFaulted)
        {
            Forget(uuid, session);
            throw;
        }
    }

    /// <summary>Forgets a session that is no more.</summary>
    public void Remove(string uuid) => Forget(uuid, session: null);

    private Task<LiveSession> FindOrLoad(string uuid, Func<Task<LiveSession>> load)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(uuid, out var entry))
            {
                _entries.Add(uuid, entry = new Entry());
            }

            entry.LastAsked = time.GetTimestamp();
            if (entry.Session is null)
            {
                entry.Session = entry.LetGo is { } letGo && letGo.TryGetTarget(out var kept) ? Task.FromResult(kept) : load();
                _held++;
            }

            var session = entry.Session;
            LetGoOfIdle();
            return session;
        }
    }

    private void Forget(string uuid, Task<LiveSession>? session)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(uuid, out var entry) && (session is null || ReferenceEquals(entry.Session, session)))
            {
                _entries.Remove(uuid);
                _held -= entry.Session is null ? 0 : 1;
            }
        }
    }

    private void LetGoOfIdle()
    {
        var now = time.GetTimestamp();
        if (_held <= maxSessions && time.GetElapsedTime(_lastSweep, now) < idleTime / 4)
        {
            return;
        }

        _lastSweep = now;
        foreach (var (uuid, entry) in _entries)
        {
            if (entry.Session is not null && time.GetElapsedTime(entry.LastAsked, now) >= idleTime)
            {
                LetGo(entry);
            }
            else if (entry is { Session: null, IsInUse: false })
            {
                _entries.Remove(uuid);
            }
        }

        if (_held > maxSessions)
        {
            // Some more than must be, so that not every further session has to look at all others.
            var surplus = _held - (maxSessions - (maxSessions / 10));
            foreach (var entry in _entries.Values.Where(entry => entry.Session is not null).OrderBy(entry => entry.LastAsked).Take(surplus))
            {
                LetGo(entry);
            }
        }
    }

    private void LetGo(Entry entry)
    {
        // One that is being read stays: those who ask meanwhile would read it again, and there would be two.
        if (entry.Session is { IsCompleted: true } session)
        {
            entry.LetGo = session.IsCompletedSuccessfully ? new WeakReference<LiveSession>(session.Result) : null;
            entry.Session = null;
            _held--;
        }
    }

    private sealed class Entry
    {
        public long LastAsked { get; set; }

        public Task<LiveSession>? Session { get; set; }

        public WeakReference<LiveSession>? LetGo { get; set; }

        public bool IsInUse => LetGo is not null && LetGo.TryGetTarget(out _);
    }
}
