using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Atropos.TemplateFuzz.Tests.Generators;

/// <summary>
/// Random texts from a grammar. A file has one section for each symbol, <c>== name</c>, with one production a line; <c>$name</c> stands
/// for a symbol; productions that begin with <c>!</c> are the ones that are left where the nesting is deep; <c>N*</c> before a
/// production makes it N times as likely; <c>ε</c> is nothing; lines that begin with <c>##</c> are comments.
/// </summary>
internal sealed partial class Grammar
{
    private readonly Dictionary<string, (List<string> All, List<string> Shallow)> _symbols = [];
    private readonly Dictionary<string, Func<Random, string>> _terminals;

    private Grammar(Dictionary<string, Func<Random, string>> terminals) => _terminals = terminals;

    /// <summary>Reads grammars; a symbol in several of them has the productions of all.</summary>
    /// <param name="terminals">Symbols that are made by code.</param>
    /// <param name="names">Names of files in the folder of grammars, without the ending.</param>
    public static Grammar Load(Dictionary<string, Func<Random, string>> terminals, params string[] names)
    {
        var grammar = new Grammar(terminals);
        foreach (var name in names)
        {
            using var reader = new StreamReader(typeof(Grammar).Assembly.GetManifestResourceStream(name)!);
            grammar.Read(reader.ReadToEnd());
        }

        return grammar;
    }

    /// <summary>A text of the symbol.</summary>
    /// <param name="random">Where chance comes from.</param>
    /// <param name="symbol">What to begin with.</param>
    /// <param name="depth">How deep productions may nest, about.</param>
    public string Make(Random random, string symbol, int depth)
    {
        var result = new StringBuilder();
        Expand(random, symbol, depth, result);
        return result.ToString();
    }

    [GeneratedRegex(@"\$([a-zA-Z]+)|[^$]+")]
    private static partial Regex Part();

    [GeneratedRegex(@"^(?:(\d+)\*)?(.*)$")]
    private static partial Regex Weight();

    private void Read(string text)
    {
        var current = (All: new List<string>(), Shallow: new List<string>());
        foreach (var line in text.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0 && !line.StartsWith("##", StringComparison.Ordinal)))
        {
            if (line.StartsWith("== ", StringComparison.Ordinal))
            {
                var name = line[3..].Trim();
                if (!_symbols.TryGetValue(name, out current))
                {
                    _symbols[name] = current = ([], []);
                }

                continue;
            }

            var weight = Weight().Match(line);
            var rest = weight.Groups[2].Value;
            var isShallow = rest.StartsWith('!');
            var production = (isShallow ? rest[1..] : rest).Trim().Replace("ε", "", StringComparison.Ordinal);
            for (var times = weight.Groups[1].Success ? int.Parse(weight.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 1; times > 0; times--)
            {
                current.All.Add(production);
                if (isShallow)
                {
                    current.Shallow.Add(production);
                }
            }
        }
    }

    private void Expand(Random random, string symbol, int depth, StringBuilder result)
    {
        if (_terminals.TryGetValue(symbol, out var terminal))
        {
            result.Append(terminal(random));
            return;
        }

        if (!_symbols.TryGetValue(symbol, out var productions))
        {
            throw new InvalidOperationException($"The grammar has no symbol '{symbol}'.");
        }

        var choices = depth <= 0 && productions.Shallow.Count > 0 ? productions.Shallow : productions.All;
        foreach (Match part in Part().Matches(choices[random.Next(choices.Count)]))
        {
            if (part.Groups[1].Success)
            {
                Expand(random, part.Groups[1].Value, depth - 1, result);
            }
            else
            {
                result.Append(part.Value);
            }
        }
    }
}
