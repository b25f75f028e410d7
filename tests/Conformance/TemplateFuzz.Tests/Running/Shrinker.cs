using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Atropos.TemplateFuzz.Tests.Oracle;

namespace Atropos.TemplateFuzz.Tests.Running;

/// <summary>Makes a failing template smaller as long as it fails: leaves out halves, quarters, … single tokens.</summary>
internal static partial class Shrinker
{
    private const int MaxTries = 600;

    public static FuzzCase Shrink(FuzzCase item, Func<FuzzCase, bool> fails)
    {
        var tries = 0;
        bool Try(FuzzCase smaller) => tries++ < MaxTries && fails(smaller);
        var variables = JsonNode.Parse(item.Variables)!.AsObject();
        foreach (var split in (ReadOnlySpan<Func<string, List<string>>>)[Tokens, Characters])
        {
            var parts = split(item.Source);
            for (var size = Math.Max(1, parts.Count / 2); ; size = Math.Max(1, size / 2))
            {
                var removed = false;
                for (var at = 0; at < parts.Count;)
                {
                    List<string> smaller = [.. parts.Take(at), .. parts.Skip(at + size)];
                    if (Try(item with { Source = string.Concat(smaller) }))
                    {
                        parts = smaller;
                        removed = true;
                    }
                    else
                    {
                        at += size;
                    }
                }

                if (size == 1 && (!removed || tries >= MaxTries))
                {
                    break;
                }
            }

            item = item with { Source = string.Concat(parts) };
        }

        foreach (var (name, value) in variables.ToArray())
        {
            variables.Remove(name);
            var smaller = item with { Variables = variables.ToJsonString() };
            if (fails(smaller))
            {
                item = smaller;
            }
            else
            {
                variables[name] = value;
            }
        }

        return item;
    }

    [GeneratedRegex(@"'(\\.|[^'\\])*'|\{%.*?%\}|\{\{|\}\}|\w+\s*|\s+|[|.]\s*\w+|.", RegexOptions.Singleline)]
    private static partial Regex Token();

    private static List<string> Tokens(string source) => [.. Token().Matches(source).Select(match => match.Value)];

    private static List<string> Characters(string source) => [.. source.EnumerateRunes().Select(rune => rune.ToString())];
}
