namespace Atropos.ChatTemplates.Tests;

/// <summary>A clock that stands still: some templates print the time.</summary>
internal sealed class FixedClock : TimeProvider
{
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => new(2024, 7, 26, 14, 5, 9, TimeSpan.Zero);
}
