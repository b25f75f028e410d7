using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Atropos.TemplateFuzz.Tests.Generators;

/// <summary>Random JSON as templates are given it; integers and floats stay what they are written as.</summary>
internal static class RandomJson
{
    private static readonly string[] Keys =
        ["role", "content", "name", "a", "b", "k", "id", "x", "items", "type", "text", "B", "", "é", "a b", "1", "keys", "tool_calls", "get"];

    private static readonly string[] Numbers =
    [
        "0", "1", "-1", "2", "3", "7", "10", "-5", "42", "255", "1000", "1234567", "9223372036854775807", "-9223372036854775808",
        "9223372036854775808", "123456789012345678901234567890", "0.0", "-0.0", "1.0", "1.5", "-2.5", "0.1", "3.14159", "1e3", "1e16", "1e22",
        "1e-5", "0.0001", "123456.789", "2.5", "1E400", "5e-324", "0.30000000000000004",
    ];

    /// <summary>Any value.</summary>
    public static string Value(Random random, int depth = 3)
    {
        switch (random.Next(depth > 0 ? 12 : 8))
        {
            case 0:
                return "null";
            case 1:
                return random.Next(2) == 0 ? "true" : "false";
            case < 4:
                return Number(random);
            case < 8:
                return JsonSerializer.Serialize(RandomText.Text(random));
            case < 10:
                return List(random, depth);
            default:
                return Object(random, depth);
        }
    }

    public static string Number(Random random) => random.Next(4) != 0 ? Numbers[random.Next(Numbers.Length)]
        : random.Next(2) == 0 ? random.Next(-100, 100).ToString(CultureInfo.InvariantCulture)
        : Decimal(random);

    public static string Object(Random random, int depth = 3)
    {
        var result = new StringBuilder("{");
        foreach (var key in random.GetItems(Keys, random.Next(5)).Distinct())
        {
            result.Append(result.Length > 1 ? ", " : "").Append(JsonSerializer.Serialize(key)).Append(": ").Append(Value(random, depth - 1));
        }

        return result.Append('}').ToString();
    }

    public static string List(Random random, int depth = 3) =>
        $"[{string.Join(", ", Enumerable.Range(0, random.Next(5)).Select(_ => Value(random, depth - 1)))}]";

    /// <summary>A list of values of one sort, as most lists are.</summary>
    public static string Uniform(Random random, Func<Random, string> item) =>
        $"[{string.Join(", ", Enumerable.Range(0, random.Next(6)).Select(_ => item(random)))}]";

    private static string Decimal(Random random)
    {
        var text = ((random.NextDouble() - 0.3) * Math.Pow(10, random.Next(-8, 20))).ToString("R", CultureInfo.InvariantCulture);
        return text.Contains('.', StringComparison.Ordinal) || text.Contains('E', StringComparison.Ordinal) ? text : text + ".0";
    }
}
