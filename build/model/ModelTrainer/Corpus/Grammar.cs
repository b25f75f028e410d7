using System.Text;

namespace Atropos.ModelTrainer;

/// <summary>
/// Rules that expand to text. In a file, <c>@ symbol</c> starts a rule and each line after it is one alternative
/// (<c>* a b c</c>: several, separated by blanks; <c>#</c> at the start of a file's first line: a comment). In an alternative, <c>«symbol»</c> is expanded,
/// <c>«name:symbol»</c> is expanded and remembered for the document, <c>«$name»</c> repeats it, and <c>\n</c> is a line end.
/// </summary>
internal sealed class Grammar
{
    private readonly Dictionary<string, List<string>> _rules = new(StringComparer.Ordinal);

    public void Read(string text)
    {
        List<string>? rule = null;
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith("@ ", StringComparison.Ordinal))
            {
                rule = [];
                _rules.Add(line[2..].Trim(), rule);
            }
            else if (line.StartsWith("* ", StringComparison.Ordinal))
            {
                rule?.AddRange(line[2..].Split(' ', StringSplitOptions.RemoveEmptyEntries));
            }
            else if (line.Length > 0)
            {
                rule?.Add(line.Replace("\\n", "\n", StringComparison.Ordinal));
            }
        }
    }

    public string Expand(string symbol, SplitMix64 random)
    {
        var text = new StringBuilder();
        Expand(symbol, random, new Dictionary<string, string>(StringComparer.Ordinal), text);
        return text.ToString();
    }

    private void Expand(string symbol, SplitMix64 random, Dictionary<string, string> remembered, StringBuilder text)
    {
        if (!_rules.TryGetValue(symbol, out var alternatives))
        {
            throw new InvalidDataException($"The grammar has no rule for '{symbol}'.");
        }

        var alternative = alternatives[random.Next(alternatives.Count)];
        var position = 0;
        while (true)
        {
            var open = alternative.IndexOf('«', position);
            if (open < 0)
            {
                text.Append(alternative, position, alternative.Length - position);
                return;
            }

            text.Append(alternative, position, open - position);
            var close = alternative.IndexOf('»', open);
            var reference = alternative[(open + 1)..close];
            position = close + 1;
            var colon = reference.IndexOf(':', StringComparison.Ordinal);
            if (reference[0] == '$')
            {
                text.Append(remembered[reference[1..]]);
            }
            else if (colon > 0)
            {
                var start = text.Length;
                Expand(reference[(colon + 1)..], random, remembered, text);
                remembered[reference[..colon]] = text.ToString(start, text.Length - start);
            }
            else
            {
                Expand(reference, random, remembered, text);
            }
        }
    }
}
