namespace Atropos.ChatFormats.Tests.Continuations;

/// <summary>A clock that goes on each time it is read: its time by a second, its timestamp by a step.</summary>
internal sealed class RunningClock(TimeSpan step = default) : TimeProvider
{
    private DateTimeOffset _now = DateTimeOffset.UnixEpoch;
    private long _timestamp;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _now += TimeSpan.FromSeconds(1);

    public override long GetTimestamp() => _timestamp += step.Ticks;
}
