using System.Text.RegularExpressions;
using Atropos.Jinja.Errors;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Formatting;

/// <summary>Python's <c>textwrap.wrap</c> for one line, as <c>wordwrap</c> calls it.</summary>
internal static partial class TextWrapper
{
    private const string Spaces = "\t\n\v\f\r ";

    public static List<string> Wrap(RenderContext context, string text, long width, bool breakLongWords, bool breakOnHyphens)
    {
        if (width <= 0)
        {
            throw PyError.Value($"invalid width {width} (must be > 0)");
        }

        var words = (breakOnHyphens ? Word() : SimpleWord()).Matches(text);
        context.ChargeParts(2L * words.Count, 2L * text.Length);
        var chunks = new Stack<string>(words.Select(match => match.Value).Reverse());
        var lines = new List<string>();
        while (chunks.Count > 0)
        {
            if (lines.Count > 0 && IsBlank(chunks.Peek()))
            {
                chunks.Pop();
            }

            var line = new List<string>();
            var length = 0L;
            while (chunks.TryPeek(out var next) && length + PyText.Length(next) <= width)
            {
                length += PyText.Length(next);
                line.Add(chunks.Pop());
            }

            if (chunks.TryPeek(out var word) && PyText.Length(word) > width)
            {
                BreakWord(context, chunks, line, width - length, breakLongWords, breakOnHyphens);
            }

            if (line.Count > 0 && IsBlank(line[^1]))
            {
                line.RemoveAt(line.Count - 1);
            }

            if (line.Count > 0)
            {
                lines.Add(string.Concat(line));
            }
        }

        return lines;
    }

    private static void BreakWord(
        RenderContext context, Stack<string> chunks, List<string> line, long room, bool breakLongWords, bool breakOnHyphens)
    {
        if (breakLongWords)
        {
            var word = chunks.Pop();
            context.ChargeText(word.Length);
            var end = PyText.Offset(word, (int)room);
            if (breakOnHyphens && word.AsSpan(0, end).LastIndexOf('-') is > 0 and var hyphen && word.AsSpan(0, hyphen).ContainsAnyExcept('-'))
            {
                end = hyphen + 1;
            }

            line.Add(word[..end]);
            chunks.Push(word[end..]);
        }
        else if (line.Count == 0)
        {
            line.Add(chunks.Pop());
        }
    }

    private static bool IsBlank(string chunk) => PyText.Strip(chunk, null).Length == 0;

    // The pieces between which a line may end: white space, dashes between words, and words, which end at some of their hyphens.
    [GeneratedRegex("[" + Spaces + "]+"
        + @"|(?<=[\w!""'&.,?])-{2,}(?=\w)"
        + "|[^" + Spaces + @"]+?(?:-(?:(?<=[^\d\W]{2}-)|(?<=[^\d\W]-[^\d\W]-))(?=[^\d\W]-?[^\d\W])|(?=[" + Spaces + @"]|\z)|(?<=[\w!""'&.,?])(?=-{2,}\w))")]
    private static partial Regex Word();

    [GeneratedRegex("[" + Spaces + "]+|[^" + Spaces + "]+")]
    private static partial Regex SimpleWord();
}
