using System.Collections.Concurrent;
using System.Text.Json;
using Atropos.TestSupport;

namespace Atropos.Tokenizers.Tests;

public sealed class TokenizerConformance
{
    [Fact]
    public void Every_family_is_the_original_in_all_that_is_known_of_its_tokens()
    {
        var root = ConformanceFiles.RequiredFolder("tokenizers");
        var broken = RefusedByTheOriginal(root);
        var compared = 0;
        var loaded = 0;
        var failures = new ConcurrentBag<string>();
        Parallel.ForEach(Directory.GetDirectories(root), folder =>
        {
            var family = Path.GetFileName(folder);
            if (ConformanceFiles.Tokenizer(folder) is not { } json)
            {
                return;
            }

            Tokenizer tokenizer;
            try
            {
                tokenizer = Tokenizer.FromJson(json);
            }
            catch (TokenizerLoadException error)
            {
                if (!broken.Contains(family))
                {
                    failures.Add($"{family}: the original loads this file, ours does not: {error.Message}");
                }

                return;
            }

            if (broken.Contains(family))
            {
                failures.Add($"{family}: the original refuses this file, ours does not");
                return;
            }

            var comparison = new FamilyComparison(family, tokenizer);
            comparison.Run(Path.Combine(root, "cases"));
            Interlocked.Increment(ref loaded);
            Interlocked.Add(ref compared, comparison.Compared);
            if (comparison.Different > 0)
            {
                failures.Add($"{family}: {comparison.Different} differences\n{string.Join('\n', comparison.Shown)}");
            }
        });

        TestContext.Current.TestOutputHelper?.WriteLine($"{loaded} families, {compared} comparisons");
        Assert.True(failures.IsEmpty, $"{failures.Count} families differ\n{string.Join("\n\n", failures.Order(StringComparer.Ordinal))}");
        Assert.True(compared > 0);
    }

    // load_errors.json names the files that the original does not load either.
    private static HashSet<string> RefusedByTheOriginal(string root)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(root, "load_errors.json")));
        return [.. document.RootElement.EnumerateArray().Select(item => item.GetProperty("family").GetString()!)];
    }
}
