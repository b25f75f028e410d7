using System.Globalization;

namespace Atropos.TokenizerFuzz.Tests.Running;

/// <summary>
/// What is tried, from the environment: ATROPOS_FUZZ_COUNT strings in each suite (20,000), from ATROPOS_FUZZ_SEED on (1), on the
/// tokenizers whose names hold ATROPOS_FUZZ_ONLY (all).
/// </summary>
internal static class FuzzSettings
{
    public static int Count { get; } = Read("ATROPOS_FUZZ_COUNT", 20_000);

    public static int Seed { get; } = Read("ATROPOS_FUZZ_SEED", 1);

    private static string Only { get; } = Environment.GetEnvironmentVariable("ATROPOS_FUZZ_ONLY") ?? "";

    /// <summary>Whether the tokenizer of that name is to be tried.</summary>
    public static bool Takes(string name) => name.Contains(Only, StringComparison.Ordinal);

    /// <summary>A seed of its own for each part of a suite, the same in every process.</summary>
    public static int SeedFor(string part)
    {
        var hash = 2166136261u;
        foreach (var character in part)
        {
            hash = (hash ^ character) * 16777619;
        }

        return (int)((hash + ((uint)Seed * 2654435761)) & int.MaxValue);
    }

    private static int Read(string name, int otherwise) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } text
        ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)
        : otherwise;
}
