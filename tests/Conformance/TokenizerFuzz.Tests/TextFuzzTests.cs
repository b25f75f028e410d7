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
        Run(run, [.. SmallTokenizers.All()]);
    }

    [Fact]
    public void Real_families_equal_the_original_on_random_texts()
    {
        if (SharedFamilies.Folder is null)
        {
            Assert.Skip("No tokenizer files: shared/conformance/tokenizers is neither beside the repository nor where ATROPOS_SHARED says.");
        }

        using var run = FuzzRun.StartOrSkip();
        Run(run, [.. SharedFamilies.All()]);
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
        var only = Environment.GetEnvironmentVariable("ATROPOS_FUZZ_ONLY");
        var each = Math.Max(1, FuzzSettings.Count / files.Count);
        foreach (var (name, json) in files)
        {
            if (!string.IsNullOrEmpty(only) && !name.Contains(only, StringComparison.Ordinal))
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
