using System.Collections.Concurrent;
using System.Globalization;
using Atropos.TestSupport;

namespace Atropos.ChatTemplates.Tests;

/// <summary>
/// The same over random conversations, with answers in tokens that the tokenizer itself would not have chosen.
/// ATROPOS_FUZZ_COUNT (conversations) and ATROPOS_FUZZ_SEED choose what.
/// </summary>
public sealed class RandomizedTests
{
    [Fact]
    public void Every_template_continues_random_conversations_without_drift()
    {
        var count = Setting("ATROPOS_FUZZ_COUNT", 6500);
        var seed = Setting("ATROPOS_FUZZ_SEED", 1);
        var templates = TemplateCase.All();
        var wrong = new ConcurrentBag<string>();
        var turns = 0;
        Parallel.ForEach(templates, subject =>
        {
            string[] special = [.. subject.SpecialTokens, Simulation.ForeignEnd];
            var tokenizers = new[] { SmallTokenizers.ByteLevel(special), SmallTokenizers.SentencePiece(special) };
            for (var i = 0; i < count / templates.Count; i++)
            {
                var random = new Random(HashCode(subject.Name, seed + i));
                var shape = new RandomShapes(random, subject.SpecialTokens).Next();
                var ending = (Ending)random.Next(3);
                var simulation = new Simulation(subject, tokenizers[random.Next(2)], shape, ending, random.Next(2) == 0 ? random : null);
                var outcome = simulation.Run();
                Interlocked.Add(ref turns, outcome.Kind == OutcomeKind.NotForTemplate ? 0 : shape.Turns.Count - 1);
                if (outcome.Kind == OutcomeKind.Wrong)
                {
                    wrong.Add($"{subject.Name}, seed {seed + i}, {ending}: {outcome.Detail}");
                }
            }
        });

        TestContext.Current.TestOutputHelper?.WriteLine($"{turns} turns were continued.");
        Assert.True(turns > 0, "no turn was continued");
        Assert.True(wrong.IsEmpty, $"{wrong.Count} differ:\n{string.Join('\n', wrong.Order().Take(200))}");
    }

    private static int Setting(string name, int standard) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? int.Parse(value, CultureInfo.InvariantCulture) : standard;

    private static int HashCode(string name, int seed) => name.Aggregate(seed, (hash, character) => unchecked((hash * 31) + character));
}
