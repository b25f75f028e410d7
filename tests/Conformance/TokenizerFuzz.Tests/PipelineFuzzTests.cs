using System.Text;
using Atropos.TokenizerFuzz.Tests.Pipelines;
using Atropos.TokenizerFuzz.Tests.Running;

namespace Atropos.TokenizerFuzz.Tests;

public sealed class PipelineFuzzTests
{
    private const int TextsOfEach = 40;

    [Fact]
    public void Random_files_equal_the_original_on_random_texts()
    {
        using var run = FuzzRun.StartOrSkip();
        for (var number = 0; number < FuzzSettings.Count / TextsOfEach && run.Differences.Count < 30; number++)
        {
            var seed = FuzzSettings.SeedFor($"pipeline {number}");
            var json = PipelineGenerator.Next(seed);
            if (run.Load($"pipeline {seed}", json) is { } subject)
            {
                var before = run.Differences.Count;
                if (!subject.HasUnclearToken)
                {
                    run.Try(subject, TextsOfEach, seed, pairsIn: 5);
                }

                run.Unload(subject);
                if (run.Differences.Count > before)
                {
                    run.Differences[^1] += $"\n  file     {Encoding.UTF8.GetString(json)}";
                }
            }
        }

        run.AssertNoDifference();
    }
}
