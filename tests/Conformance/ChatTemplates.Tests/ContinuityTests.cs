using System.Collections.Concurrent;
using Atropos.TestSupport;

namespace Atropos.ChatTemplates.Tests;

/// <summary>Prompt n+1 is prompt n, completion n and a suffix, and outside what was generated it is the template's own rendering.</summary>
public sealed class ContinuityTests
{
    private static readonly string ListPath = Path.Combine(Repository.Root, "docs", "chat-template-exceptions.md");

    [Fact]
    public void Every_template_continues_every_shape_without_drift_or_is_in_the_list_of_exceptions()
    {
        var results = new ConcurrentBag<(string Template, string Shape, Ending Ending, Outcome Outcome)>();
        Parallel.ForEach(TemplateCase.All(), subject =>
        {
            string[] special = [.. subject.SpecialTokens, Simulation.ForeignEnd];
            var tokenizers = new[] { SmallTokenizers.ByteLevel(special), SmallTokenizers.SentencePiece(special) };
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
        var list = ExceptionList.Of(results.Select(result => (result.Template, result.Shape, result.Outcome)));
        if (Environment.GetEnvironmentVariable("ATROPOS_WRITE_EXCEPTIONS") == "1")
        {
            File.WriteAllText(ListPath, list);
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Join('\n', results.GroupBy(result => result.Outcome.Kind).OrderBy(group => group.Key).Select(group => $"{group.Key}: {group.Count()}")));
        var wrong = results.Where(result => result.Outcome.Kind == OutcomeKind.Wrong).Select(result => $"{result.Template}, {result.Shape}, {result.Ending}: {result.Outcome.Detail}");
        Assert.Empty(wrong.Order());
        Assert.Equal(File.ReadAllText(ListPath), list);
    }
}
