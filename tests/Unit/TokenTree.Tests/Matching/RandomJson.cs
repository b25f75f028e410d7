using System.Globalization;
using System.Text;

namespace Atropos.TokenTree.Tests.Matching;

/// <summary>JSON values, and many ways to write each.</summary>
internal static class RandomJson
{
    private const string Letters = "ab\"\\/\n\t é世\u00a0\u2028:,{}[]0";

    public static object? Value(Random random, int depth) => random.Next(depth > 0 ? 7 : 5) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => Text(random),
        3 => (decimal)random.Next(-1_000_000, 1_000_000),
        4 => random.Next(-1_000_000, 1_000_000) / 1000m,
        5 => Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth - 1)).ToList(),
        _ => Enumerable.Range(0, random.Next(5)).Select(_ => Text(random)).Distinct()
            .ToDictionary(name => name, _ => Value(random, depth - 1)),
    };

    public static string Write(object? value, Random random)
    {
        var output = new StringBuilder();
        Write(value, random, output);
        return output.ToString();
    }

    private static string Text(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => Letters[random.Next(Letters.Length)]));

    private static void Write(object? value, Random random, StringBuilder output)
    {
        Space(random, output);
        switch (value)
        {
            case null:
                output.Append("null");
                break;
            case bool flag:
                output.Append(flag ? "true" : "false");
                break;
            case string text:
                WriteText(text, random, output);
                break;
            case decimal number:
                WriteNumber(number, random, output);
                break;
            case List<object?> items:
                output.Append('[').AppendJoin(',', items.Select(item => Write(item, random))).Append(']');
                break;
            case Dictionary<string, object?> members:
                var shuffled = members.ToArray();
                random.Shuffle(shuffled);
                output.Append('{');
                output.AppendJoin(',', shuffled.Select(member => Write(member.Key, random) + ":" + Write(member.Value, random)));
                output.Append('}');
                break;
            default:
                throw new ArgumentException($"{value.GetType()} is no JSON value.", nameof(value));
        }

        Space(random, output);
    }

    private static void WriteNumber(decimal number, Random random, StringBuilder output)
    {
        var text = number.ToString(CultureInfo.InvariantCulture);
        output.Append(random.Next(4) switch
        {
            0 => text,
            1 => text.Contains('.') ? text + "00" : text + ".0",
            2 => text + "e0",
            _ => (number * 100).ToString(CultureInfo.InvariantCulture) + (random.Next(2) == 0 ? "e-2" : "E-02"),
        });
    }

    private static void WriteText(string text, Random random, StringBuilder output)
    {
        output.Append('"');
        foreach (var letter in text)
        {
            if (random.Next(3) == 0)
            {
                var hex = ((int)letter).ToString("x4", CultureInfo.InvariantCulture);
                output.Append("\\u").Append(random.Next(2) == 0 ? hex : hex.ToUpperInvariant());
            }
            else
            {
                output.Append(letter switch { '"' => "\\\"", '\\' => "\\\\", '\n' => "\\n", '\t' => "\\t", _ => letter.ToString() });
            }
        }

        output.Append('"');
    }

    private static void Space(Random random, StringBuilder output) => output.Append(' ', random.Next(2)).Append('\n', random.Next(2));
}
