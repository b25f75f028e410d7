using System.Text;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Formatting;

/// <summary>Python's <c>textwrap.wrap</c> for one line, as <c>wordwrap</c> calls it.</summary>
internal static class TextWrapper
{
    public static List<string> Wrap(string text, int width, bool breakLongWords, bool breakOnHyphens)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        foreach (var chunk in Chunks(text, breakOnHyphens))
        {
            var rest = chunk;
            if (line.Length + rest.Length > width)
            {
                if (breakLongWords && rest.Length > width && !char.IsWhiteSpace(rest[0]))
                {
                    rest = BreakWord(lines, line, rest, width);
                }
                else
                {
                    Flush(lines, line);
                }
            }

            if (!(line.Length == 0 && lines.Count > 0 && char.IsWhiteSpace(rest.Length > 0 ? rest[0] : 'x')))
            {
                line.Append(rest);
            }
        }

        Flush(lines, line);
        return lines;
    }

    private static string BreakWord(List<string> lines, StringBuilder line, string word, int width)
    {
        var at = 0;
        while (line.Length + word.Length - at > width)
        {
            var room = width - line.Length;
            line.Append(word, at, room);
            at += room;
            Flush(lines, line);
        }

        return word[at..];
    }

    private static void Flush(List<string> lines, StringBuilder line)
    {
        var text = line.ToString().TrimEnd();
        if (text.Length > 0)
        {
            Budget.Current?.ChargeParts(1, text.Length);
            lines.Add(text);
        }

        line.Clear();
    }

    private static IEnumerable<string> Chunks(string text, bool breakOnHyphens)
    {
        var start = 0;
        for (var i = 1; i <= text.Length; i++)
        {
            var ends = i == text.Length
                || char.IsWhiteSpace(text[i]) != char.IsWhiteSpace(text[i - 1])
                || (breakOnHyphens && text[i - 1] == '-' && i - 2 >= start && char.IsLetter(text[i - 2]) && char.IsLetter(text[i]));
            if (ends)
            {
                Budget.Current?.ChargeParts(1, i - start);
                yield return text[start..i];
                start = i;
            }
        }
    }
}
