using System.Collections.Concurrent;
using Atropos.TestSupport;

namespace Atropos.ChatTemplates.Tests;

/// <summary>Prompt n+1 is prompt n, completion n and a suffix, and outside what was generated it is the template's own rendering.</summary>
public sealed class ContinuityTests
{
    [Fact]
    public void Every_template_continues_every_shape_without_drift()
    {
        var results = new ConcurrentBag<(string Template, string Shape, Ending Ending, Outcome Outcome)>();
        Parallel.ForEach(TemplateCase.All(), subject =>
        {
            var tokenizers = new[]
            {
                SmallTokenizers.ByteLevel([.. subject.SpecialTokens, Simulation.ForeignEnd]),
                SmallTokenizers.SentencePiece([.. subject.SpecialTokens, Simulation.ForeignEnd]),
            };
            foreach (var shape in Shapes.All())
            {
                foreach (var ending in Enum.GetValues<Ending>())
                {
                    foreach (var tokenizer in tokenizers)
                    {
                        results.Add((subject.Name, shape.Name, ending, new Simulation(subject, tokenizer, shape, ending).Run()));
                    }
                }
            }
        });
        var lines = results.GroupBy(r => (r.Template, r.Shape, r.Ending, r.Outcome)).Select(g => $"{g.Key.Outcome.Kind}\t{g.Key.Template}\t{g.Key.Shape}\t{g.Key.Ending}\t{g.Key.Outcome.Detail.ReplaceLineEndings(" ")}").Order();
        File.WriteAllLines("/tmp/matrix.tsv", lines);
        Assert.DoesNotContain(results, r => r.Outcome.Kind == OutcomeKind.Wrong);
    }
}

public sealed class Probe
{
    [Fact]
    public void Show()
    {
        var (name, shape) = (Environment.GetEnvironmentVariable("T"), Environment.GetEnvironmentVariable("S"));
        if (name is null) { return; }
        var subject = TemplateCase.All().Single(c => c.Name == name);
        var tokenizer = SmallTokenizers.ByteLevel([.. subject.SpecialTokens, Simulation.ForeignEnd]);
        using var log = new StreamWriter("/tmp/probe.txt");
        foreach (var ending in Enum.GetValues<Ending>())
        {
            var sh = Shapes.All().Single(s => s.Name == shape);
            var sim = new Simulation(subject, tokenizer, sh, ending);
            log.WriteLine($"== {ending} {sim.Run()}");
            for (var i = 0; i < sh.Turns.Count; i++)
            {
                string T(Func<string> f) { try { return f(); } catch (Exception e) { return e.Message; } }
                log.WriteLine($"-- open {i}: {T(() => sim.Render(i, true))}");
                if (sh.Turns[i].Answer is not null) { log.WriteLine($"-- closed {i}: {T(() => sim.RenderClosed(i))}"); log.WriteLine("-- sampled " + T(() => SimulatedAnswer.Of(sim, i)?.ToString() ?? "none")); }
            }
        }
    }
}
