namespace Atropos.ChatFormats.Templates;

/// <summary>
/// A clock that can be held: several renderings of one conversation are to be compared, and some templates print the time.
/// </summary>
internal sealed class SteadyClock(TimeProvider clock) : TimeProvider
{
    [ThreadStatic]
    private static DateTimeOffset? _held;

    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _held ?? clock.GetUtcNow();

    public override long GetTimestamp() => clock.GetTimestamp();

    /// <summary>Does something that takes no time to the renderings on this thread.</summary>
    public T Hold<T>(Func<T> work)
    {
        var before = _held;
        _held = GetUtcNow();
        try
        {
            return work();
        }
        finally
        {
            _held = before;
        }
    }
}
