using System.Text;
using System.Text.Json.Nodes;
using Atropos.TokenizerFuzz.Tests.Patterns;
using Atropos.TokenizerFuzz.Tests.Pipelines;
using Atropos.TokenizerFuzz.Tests.Running;

namespace Atropos.TokenizerFuzz.Tests;

public sealed class PatternFuzzTests
{
    private const int TextsOfEach = 20;

    [Fact]
    public void Random_expressions_split_random_texts_as_in_the_original()
    {
        using var run = FuzzRun.StartOrSkip();
        for (var number = 0; number < FuzzSettings.Count / TextsOfEach && run.Differences.Count < 30; number++)
        {
            var seed = FuzzSettings.SeedFor($"pattern {number}");
            var random = new Random(seed);
            var patterns = new PatternGenerator(random);
            var pattern = patterns.Next();
            var behavior = random.Coin() ? "Isolated" : random.Pick(PreTokenizerGenerator.Behaviors);
            var invert = random.OneIn(4);
            if (run.Load($"/{pattern}/ {behavior}{(invert ? " inverted" : "")}", File(pattern, behavior, invert), mayLoadMore: true) is { } subject)
            {
                FuzzItem[] items = [.. Enumerable.Range(0, TextsOfEach).Select(_ => new FuzzItem(patterns.Text(), null, false))];
                if (!items.Any(item => subject.IsTooHardFor(item.Text)))
                {
                    run.TryItems(subject, items, $"seed {seed}");
                }

                run.Unload(subject);
            }
        }

        run.AssertNoDifference("a capturing group inside an atomic group or a look-around", "repeating a condition");
    }

    // Every piece is one unknown token, whose offsets are the piece's.
    private static byte[] File(string pattern, string behavior, bool invert) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["version"] = "1.0",
        ["added_tokens"] = new JsonArray(),
        ["normalizer"] = null,
        ["pre_tokenizer"] = new JsonObject
        {
            ["type"] = "Split",
            ["pattern"] = new JsonObject { ["Regex"] = pattern },
            ["behavior"] = behavior,
            ["invert"] = invert,
        },
        ["post_processor"] = null,
        ["decoder"] = null,
        ["model"] = new JsonObject
        {
            ["type"] = "BPE",
            ["unk_token"] = "<unk>",
            ["fuse_unk"] = true,
            ["vocab"] = new JsonObject { ["<unk>"] = 0 },
            ["merges"] = new JsonArray(),
        },
    }.ToJsonString());
}
