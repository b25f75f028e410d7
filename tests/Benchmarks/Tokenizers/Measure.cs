using System.Diagnostics;
using System.Globalization;

namespace Atropos.Benchmarks.Tokenizers;

/// <summary>Times of ours, and cells of the tables.</summary>
internal static class Measure
{
    /// <summary>The best round; rounds go on until <paramref name="budget"/> seconds are spent after as many to warm up, at least two.</summary>
    public static TimeSpan Best(double budget, Action round)
    {
        Rounds(budget, round);
        return Rounds(budget, round);
    }

    /// <summary>Ours in megabytes a second, and how many times the original's.</summary>
    public static string Cell(long bytes, TimeSpan ours, TimeSpan original) =>
        string.Create(CultureInfo.InvariantCulture, $"{bytes / ours.TotalSeconds / 1e6:F1} ({Ratio(ours, original)})");

    public static string Ratio(TimeSpan ours, TimeSpan original)
    {
        var ratio = (original / ours).ToString("F1", CultureInfo.InvariantCulture);
        return original < 3 * ours ? $"**{ratio}x**" : $"{ratio}x";
    }

    public static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;

    public static TimeSpan Once(Action round)
    {
        var start = Stopwatch.GetTimestamp();
        round();
        return Stopwatch.GetElapsedTime(start);
    }

    private static TimeSpan Rounds(double budget, Action round)
    {
        var best = TimeSpan.MaxValue;
        var start = Stopwatch.GetTimestamp();
        for (var rounds = 0; rounds < 2 || Stopwatch.GetElapsedTime(start).TotalSeconds < budget; rounds++)
        {
            best = Least(best, Once(round));
        }

        return best;
    }
}
