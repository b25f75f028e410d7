using System.Text.Json.Nodes;

namespace Atropos.TokenizerFuzz.Tests.Pipelines;

/// <summary>Random choices as the generators of files need them.</summary>
internal static class Chance
{
    public static bool OneIn(this Random random, int count) => random.Next(count) == 0;

    public static bool Coin(this Random random) => random.Next(2) == 0;

    public static T Pick<T>(this Random random, params T[] list) => list[random.Next(list.Length)];

    /// <summary>A component without options.</summary>
    public static JsonObject Named(string type) => new() { ["type"] = type };

    /// <summary>One step, or a sequence of some.</summary>
    public static JsonObject Steps(this Random random, string list, Func<JsonObject> step)
    {
        if (random.Next(3) == 0)
        {
            return step();
        }

        var steps = new JsonArray();
        for (var count = random.Next(0, 4); count >= 0; count--)
        {
            steps.Add(step());
        }

        return new JsonObject { ["type"] = "Sequence", [list] = steps };
    }
}
