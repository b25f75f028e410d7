namespace Atropos.Jinja.Tests;

/// <summary>A clock that goes on by one step each time its timestamp is read.</summary>
internal sealed class SteppingTime(TimeSpan step) : TimeProvider
{
    private long _now;

    public int Readings { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        Readings++;
        return _now += step.Ticks;
    }
}
