using Atropos.Router.V1;

namespace Atropos.InferenceRouter.Engines;

/// <summary>How an engine fares: counters and health, changed by many calls at once.</summary>
internal sealed class EngineState
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly int _unhealthyAfter;
    private int _inFlight;
    private long _succeeded;
    private long _failed;
    private int _failuresInARow;
    private EngineHealth _health;
    private string _lastError = "";
    private string? _weightVersion;
    private int _maxModelLen;
    private long _leftAloneUntil;

    public EngineState(TimeProvider time, int unhealthyAfter)
    {
        _time = time;
        _unhealthyAfter = unhealthyAfter;
        _leftAloneUntil = time.GetTimestamp();
    }

    public int InFlight => Volatile.Read(ref _inFlight);

    public long Succeeded => Interlocked.Read(ref _succeeded);

    public long Failed => Interlocked.Read(ref _failed);

    public EngineHealth Health
    {
        get { lock (_lock) { return _health; } }
    }

    public string LastError
    {
        get { lock (_lock) { return _lastError; } }
    }

    /// <summary>The version that the engine named last; null if it never did.</summary>
    public string? WeightVersion
    {
        get => Volatile.Read(ref _weightVersion);
        set => Volatile.Write(ref _weightVersion, value);
    }

    /// <summary>The length of the context that the engine named; 0 if it never did.</summary>
    public int MaxModelLen
    {
        get => Volatile.Read(ref _maxModelLen);
        set => Volatile.Write(ref _maxModelLen, value);
    }

    /// <summary>Whether it is well, so that new requests may be sent to it.</summary>
    public bool IsWell
    {
        get { lock (_lock) { return _health is not (EngineHealth.Unhealthy or EngineHealth.Draining); } }
    }

    /// <summary>Whether it is well and has not asked to be left alone for a while.</summary>
    public bool IsUsable
    {
        get
        {
            lock (_lock)
            {
                return _health is not (EngineHealth.Unhealthy or EngineHealth.Draining) && _time.GetTimestamp() >= _leftAloneUntil;
            }
        }
    }

    public void Began() => Interlocked.Increment(ref _inFlight);

    public void Ended() => Interlocked.Decrement(ref _inFlight);

    public void CountSuccess()
    {
        Interlocked.Increment(ref _succeeded);
        Recovered();
    }

    public void CountFailure() => Interlocked.Increment(ref _failed);

    /// <summary>Notes that the engine answered. Returns whether that changed its health.</summary>
    public bool Recovered()
    {
        lock (_lock)
        {
            _failuresInARow = 0;
            if (_health is EngineHealth.Healthy or EngineHealth.Draining)
            {
                return false;
            }

            _health = EngineHealth.Healthy;
            _lastError = "";
            return true;
        }
    }

    /// <summary>Notes a failure that is the engine's own. Returns whether that made it unhealthy.</summary>
    public bool Blame(string error)
    {
        lock (_lock)
        {
            _lastError = error;
            _failuresInARow++;
            if (_failuresInARow < _unhealthyAfter || _health is EngineHealth.Unhealthy or EngineHealth.Draining)
            {
                return false;
            }

            _health = EngineHealth.Unhealthy;
            return true;
        }
    }

    /// <summary>Gives an engine that cannot be asked another chance: its next failure makes it unhealthy again.</summary>
    public bool GiveAnotherChance()
    {
        lock (_lock)
        {
            if (_health != EngineHealth.Unhealthy)
            {
                return false;
            }

            _health = EngineHealth.Unspecified;
            _failuresInARow = _unhealthyAfter - 1;
            return true;
        }
    }

    /// <summary>Sends it nothing new for a while, as it asked.</summary>
    public void LeaveAlone(TimeSpan duration)
    {
        lock (_lock)
        {
            var until = _time.GetTimestamp() + (long)(duration.TotalSeconds * _time.TimestampFrequency);
            _leftAloneUntil = Math.Max(_leftAloneUntil, until);
        }
    }
}
