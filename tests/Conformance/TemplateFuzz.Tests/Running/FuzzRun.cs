using Atropos.TemplateFuzz.Tests.Oracle;

namespace Atropos.TemplateFuzz.Tests.Running;

/// <summary>Tries templates on both sides and keeps what differs, each with the smallest source that still shows it.</summary>
internal sealed class FuzzRun : IDisposable
{
    private const int BatchSize = 200;
    private const int MaxDifferences = 40;
    private readonly string _version;
    private readonly bool _isOlder;
    private readonly Dictionary<OutcomeKind, int> _kinds = [];
    private readonly HashSet<string> _seen = [];
    private JinjaOracle _oracle = JinjaOracle.Start();
    private int _compared;
    private int _dropped;

    private FuzzRun(string version)
    {
        _version = version;
        _isOlder = OlderVersion.IsOne(version);
    }

    private List<string> Differences { get; } = [];

    /// <summary>Skips the test where the original is missing, or fails it where all that is needed has been installed on purpose.</summary>
    public static FuzzRun StartOrSkip()
    {
        var (version, reason) = JinjaOracle.Find();
        if (version is null)
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", reason);
            Assert.Skip(reason);
        }

        return new FuzzRun(version);
    }

    /// <summary>Tries as many cases as the settings tell, each from a seed of its own, and fails where any differs.</summary>
    public void Try(string suite, Func<Random, FuzzCase> next)
    {
        for (var start = 0; start < FuzzSettings.Count && Differences.Count < MaxDifferences; start += BatchSize)
        {
            FuzzCase[] cases = [.. Enumerable.Range(start, Math.Min(BatchSize, FuzzSettings.Count - start))
                .Select(number => next(new Random(FuzzSettings.SeedFor(suite, number))))];
            Compare(cases, start);
        }

        var kinds = string.Join(", ", _kinds.OrderBy(pair => pair.Key).Select(pair => $"{pair.Value} {pair.Key}"));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{suite}, seed {FuzzSettings.Seed}, Jinja2 {_version}: {_compared} templates compared ({kinds}), {_dropped} dropped");
        Assert.True(Differences.Count == 0, $"{Differences.Count} differences\n{string.Join("\n\n", Differences)}");
        Assert.True(_compared > 0, "Nothing was compared.");
    }

    public void Dispose() => _oracle.Dispose();

    private void Compare(FuzzCase[] cases, int start)
    {
        _oracle.Send(cases);
        var ours = Array.ConvertAll(cases, OurRendering.Of);
        Outcome[] originals;
        try
        {
            originals = _oracle.Receive();
        }
        catch (OracleEndedException)
        {
            Restart();
            originals = Array.ConvertAll(cases, Original);
        }

        for (var index = 0; index < cases.Length && Differences.Count < MaxDifferences; index++)
        {
            if (Comparison.IsDropped(originals[index], ours[index]))
            {
                _dropped++;
                continue;
            }

            _compared++;
            _kinds[originals[index].Kind] = _kinds.GetValueOrDefault(originals[index].Kind) + 1;
            if (Difference(originals[index], ours[index]) is { } difference)
            {
                Report(cases[index], originals[index], difference.Sort, start + index);
            }
        }
    }

    private void Report(FuzzCase item, Outcome original, string sort, int number)
    {
        // Addresses of objects get into texts in ways that cannot be foreseen; another process has others.
        Restart();
        if (Original(item) != original)
        {
            _dropped++;
            _compared--;
            return;
        }

        var smallest = Shrinker.Shrink(item, smaller => DifferenceOf(smaller)?.Sort == sort);
        if (_seen.Add(smallest.Source))
        {
            var variables = smallest.Variables == "{}" ? "" : $"\n  variables {smallest.Variables}";
            Differences.Add($"case {number}: {smallest.Source}\n  {DifferenceOf(smallest)?.Description}{variables}");
        }
    }

    private (string Sort, string Description)? DifferenceOf(FuzzCase item)
    {
        var original = Original(item);
        var ours = OurRendering.Of(item);
        return Comparison.IsDropped(original, ours) ? null : Difference(original, ours);
    }

    private (string Sort, string Description)? Difference(Outcome original, Outcome ours) =>
        _isOlder && OlderVersion.Explains(original, ours) ? null : Comparison.Difference(original, ours);

    // A case that hangs ends the process; there is nothing to compare then.
    private Outcome Original(FuzzCase item)
    {
        try
        {
            _oracle.Send([item]);
            return _oracle.Receive()[0];
        }
        catch (OracleEndedException error)
        {
            Restart();
            return new Outcome(OutcomeKind.Dropped, error.Message);
        }
    }

    private void Restart()
    {
        _oracle.Dispose();
        _oracle = JinjaOracle.Start();
    }
}
