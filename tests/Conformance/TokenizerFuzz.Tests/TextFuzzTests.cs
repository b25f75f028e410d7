using Atropos.TestSupport;
using Atropos.TokenizerFuzz.Tests.Running;
using Atropos.TokenizerFuzz.Tests.Subjects;
using Atropos.TokenizerFuzz.Tests.Texts;

namespace Atropos.TokenizerFuzz.Tests;

public sealed class TextFuzzTests
{
    [Fact]
    public void Our_small_tokenizers_equal_the_original_on_random_texts()
    {
        using var run = FuzzRun.StartOrSkip();
        Run(run, [.. RecordedTokenizer.All().Select(recorded => (recorded.Name, recorded.Json()))]);
    }

    [Fact]
    public void Real_families_equal_the_original_on_random_texts()
    {
        var families = SharedFamilies.All();
        using var run = FuzzRun.StartOrSkip();
        Run(run, families);
    }

    [Fact]
    public void Every_code_point_is_what_it_is_in_the_original()
    {
        using var run = FuzzRun.StartOrSkip();
        FuzzItem[] items = [.. EveryCodePoint.Texts().Select(text => new FuzzItem(text, null, false))];
        foreach (var (name, json) in TableTokenizers.All())
        {
            if (run.Load(name, json) is { } subject)
            {
                run.TryItems(subject, items, "every code point");
                run.Unload(subject);
            }
        }

        run.AssertNoDifference();
    }

    private static void Run(FuzzRun run, IReadOnlyCollection<(string Name, byte[] Json)> files)
    {
        var each = Math.Max(1, FuzzSettings.Count / files.Count);
        foreach (var (name, json) in files)
        {
            if (!FuzzSettings.Takes(name))
            {
                continue;
            }

            if (run.Load(name, json) is { } subject)
            {
                run.Try(subject, each, FuzzSettings.SeedFor(name));
                run.Unload(subject);
            }
        }

        run.AssertNoDifference();
    }
}
