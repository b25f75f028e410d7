using System.Globalization;

namespace Atropos.TemplateFuzz.Tests.Running;

/// <summary>
/// What is tried, from the environment: ATROPOS_FUZZ_COUNT templates in each suite (4,000), from ATROPOS_FUZZ_SEED on (1).
/// </summary>
internal static class FuzzSettings
{
    public static int Count { get; } = Read("ATROPOS_FUZZ_COUNT", 4_000);

    public static int Seed { get; } = Read("ATROPOS_FUZZ_SEED", 1);

    /// <summary>A seed of its own for each case of a suite, the same in every process.</summary>
    public static int SeedFor(string suite, int number)
    {
        var hash = 2166136261u;
        foreach (var character in $"{suite} {Seed} {number}")
        {
            hash = (hash ^ character) * 16777619;
        }

        return (int)(hash & int.MaxValue);
    }

    private static int Read(string name, int otherwise) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } text
        ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)
        : otherwise;
}
