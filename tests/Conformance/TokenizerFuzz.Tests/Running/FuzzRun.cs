using System.Text.Json;
using System.Text.RegularExpressions;
using Atropos.TestSupport;
using Atropos.TokenizerFuzz.Tests.Texts;

namespace Atropos.TokenizerFuzz.Tests.Running;

/// <summary>Tries random texts on tokenizers and keeps what differs, each with the smallest text that still shows it.</summary>
internal sealed partial class FuzzRun : IDisposable
{
    private const int BatchSize = 250;
    private const int MaxDifferencesOfOne = 3;
    private Oracle _oracle = Oracle.Start();

    public List<string> Differences { get; } = [];

    /// <summary>Tokenizers that ours refuses and the original does not.</summary>
    public List<string> Refused { get; } = [];

    public int Compared { get; private set; }

    public int Crashed { get; private set; }

    /// <summary>Skips the test where the original is missing, or fails it where all that is needed has been installed on purpose.</summary>
    public static FuzzRun StartOrSkip()
    {
        if (Oracle.Missing() is { } reason)
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", reason);
            Assert.Skip(reason);
        }

        return new FuzzRun();
    }

    /// <summary>Loads a tokenizer in both; null where one of them or both refuse it.</summary>
    /// <param name="name">What to call it.</param>
    /// <param name="json">Its file.</param>
    /// <param name="mayLoadMore">Whether ours may load what the original refuses.</param>
    public FuzzSubject? Load(string name, byte[] json, bool mayLoadMore = false)
    {
        string? refusal;
        try
        {
            refusal = _oracle.Load(name, json);
        }
        catch (OracleException error) when (error.Ended)
        {
            Restart(null);
            refusal = error.Message;
        }

        try
        {
            var subject = FuzzSubject.Load(name, json);
            if (refusal is null)
            {
                return subject;
            }

            if (!mayLoadMore)
            {
                Differences.Add($"{name}: the original refuses it ({refusal}), ours does not");
            }
        }
        catch (Tokenizers.TokenizerLoadException error)
        {
            if (refusal is null)
            {
                Refused.Add($"{name}: {error.Message}");
                _oracle.Unload(name);
            }
        }

        return null;
    }

    /// <summary>
    /// Tries random texts, one in <paramref name="pairsIn"/> with a second text; none where the file truncates, since the original
    /// then shares the length between as much of each text as it has read, and ours between the texts.
    /// </summary>
    public void Try(FuzzSubject subject, int count, int seed, int pairsIn = 10)
    {
        var random = new Random(seed);
        var texts = new TextGenerator(random, subject.Added, subject.Piece);
        TryItems(subject, Enumerable.Range(0, count).Select(_ => new FuzzItem(
            texts.Next(), pairsIn > 0 && !subject.Truncates && random.Next(pairsIn) == 0 ? texts.Next() : null, random.Next(2) == 0)), $"seed {seed}");
    }

    public void TryItems(FuzzSubject subject, IEnumerable<FuzzItem> items, string origin)
    {
        var comparer = new Comparer(subject, _oracle);
        var failed = 0;
        foreach (var batch in items.Chunk(BatchSize))
        {
            string?[] differences;
            try
            {
                differences = comparer.Differences(batch);
            }
            catch (OracleException error) when (error.Ended)
            {
                Restart(subject);
                comparer = new Comparer(subject, _oracle);
                differences = OneByOne(subject, batch, ref comparer);
            }

            Compared += batch.Length;
            for (var index = 0; index < batch.Length && failed < MaxDifferencesOfOne; index++)
            {
                if (differences[index] is not null)
                {
                    failed++;
                    Report(subject, comparer, batch[index], origin);
                }
            }

            if (failed >= MaxDifferencesOfOne)
            {
                break;
            }
        }
    }

    public void Unload(FuzzSubject subject) => _oracle.Unload(subject.Name);

    /// <summary>Fails where anything differs, or where ours refuses a tokenizer for a reason that is not known.</summary>
    /// <param name="known">Parts of messages: what ours refuses on purpose.</param>
    public void AssertNoDifference(params string[] known)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{Compared} strings compared; the original crashed on {Crashed}; refused by ours alone: {Refused.Count}\n{Reasons()}");
        Assert.True(Differences.Count == 0, $"{Differences.Count} differences\n{string.Join("\n\n", Differences.Take(40))}");
        Assert.True(Compared > 0, "Nothing was compared.");
        Assert.DoesNotContain(Refused, refusal => !known.Any(reason => refusal.Contains(reason, StringComparison.Ordinal)));
    }

    public void Dispose() => _oracle.Dispose();

    [GeneratedRegex(" at position [0-9]+")]
    private static partial Regex Position();

    // One line for each reason, with the first that gave it.
    private string Reasons() => string.Join('\n', Refused
        .GroupBy(refusal => Position().Replace(refusal[(refusal.LastIndexOf(": ", StringComparison.Ordinal) + 2)..], ""))
        .OrderByDescending(group => group.Count())
        .Take(60)
        .Select(group => $"{group.Count()} x {group.Key}   (first: {group.First()[..Math.Min(group.First().Length, 120)]})"));

    private string?[] OneByOne(FuzzSubject subject, FuzzItem[] batch, ref Comparer comparer)
    {
        var differences = new string?[batch.Length];
        for (var index = 0; index < batch.Length; index++)
        {
            try
            {
                differences[index] = comparer.Difference(batch[index]);
            }
            catch (OracleException error) when (error.Ended)
            {
                Crashed++;
                Restart(subject);
                comparer = new Comparer(subject, _oracle);
            }
        }

        return differences;
    }

    private void Report(FuzzSubject subject, Comparer comparer, FuzzItem item, string origin)
    {
        bool Fails(FuzzItem smaller)
        {
            try
            {
                return comparer.Difference(smaller) is not null;
            }
            catch (OracleException error) when (error.Ended)
            {
                Restart(subject);
                comparer = new Comparer(subject, _oracle);
                return false;
            }
        }

        var smallest = Shrinker.Shrink(item, Fails);
        var pair = smallest.Pair is null ? "" : $", pair {JsonSerializer.Serialize(smallest.Pair)}";
        Differences.Add(
            $"{subject.Name}, {origin}, add_special_tokens {smallest.Special}: {JsonSerializer.Serialize(smallest.Text)}{pair}\n  {comparer.Difference(smallest)}");
    }

    private void Restart(FuzzSubject? subject)
    {
        _oracle.Dispose();
        _oracle = Oracle.Start();
        if (subject is not null)
        {
            _oracle.Load(subject.Name, subject.Json);
        }
    }
}
