using System.Text.RegularExpressions;

namespace Atropos.TemplateFuzz.Tests.Generators;

/// <summary>Leaves out, doubles, swaps and replaces tokens of a template.</summary>
internal static partial class TemplateMutator
{
    public static string Mutate(Random random, string template, string[] others)
    {
        var tokens = Tokens(template);
        for (var count = random.Next(5); count > 0 && tokens.Count > 2; count--)
        {
            var at = random.Next(tokens.Count - 1);
            switch (random.Next(7))
            {
                case 0:
                    tokens.RemoveAt(at);
                    break;
                case 1:
                    tokens.Insert(at, tokens[at]);
                    break;
                case 2:
                    (tokens[at], tokens[at + 1]) = (tokens[at + 1], tokens[at]);
                    break;
                case 3:
                    var with = random.Next(tokens.Count);
                    (tokens[at], tokens[with]) = (tokens[with], tokens[at]);
                    break;
                case 4:
                    tokens[at] = tokens[random.Next(tokens.Count)];
                    break;
                case 5:
                    var other = Tokens(others[random.Next(others.Length)]);
                    tokens[at] = other[random.Next(other.Count)];
                    break;
                default:
                    var from = random.Next(tokens.Count);
                    tokens.InsertRange(at, tokens.GetRange(from, Math.Min(random.Next(1, 8), tokens.Count - from)));
                    break;
            }
        }

        return string.Concat(tokens);
    }

    [GeneratedRegex(@"'(\\.|[^'\\\n])*'|\{[{%#][-+]?|[-+]?[}%#]\}|\w+|[ \t]+|\s+|[=!<>]=|.", RegexOptions.Singleline)]
    private static partial Regex Token();

    private static List<string> Tokens(string source) => [.. Token().Matches(source).Select(match => match.Value)];
}
