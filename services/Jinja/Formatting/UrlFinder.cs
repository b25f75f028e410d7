using System.Text;
using System.Text.RegularExpressions;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Formatting;

/// <summary>Makes links of the addresses in escaped text, as <c>urlize</c> does.</summary>
/// <param name="context">Counts what the links make of the text.</param>
/// <param name="attributes">What a link has besides its address.</param>
/// <param name="extraSchemes">Beginnings of more sorts of addresses.</param>
/// <param name="shorten">What is shown of an address.</param>
internal sealed partial class UrlFinder(
    RenderContext context, string attributes, string[] extraSchemes, Func<string, string> shorten)
{
    private static readonly (string Open, string Close)[] Brackets = [("(", ")"), ("<", ">"), ("&lt;", "&gt;")];

    public static bool IsScheme(string text) => Scheme().IsMatch(text);

    /// <summary>The text with links.</summary>
    public string Link(string text)
    {
        var total = 0L;
        return Word().Replace(text, match =>
        {
            var linked = LinkWord(match.Value);
            context.ChargeText(linked.Length);
            context.CheckText(total += linked.Length);
            return linked;
        });
    }

    private string LinkWord(string word)
    {
        var head = Head().Match(word).Value;
        var middle = word[head.Length..];
        var tail = Tail().Match(middle).Value;
        middle = middle[..^tail.Length];

        // A bracket that opens inside the address closes there as well.
        foreach (var (open, close) in Brackets)
        {
            context.Charge((middle.Length + tail.Length) >> 4);
            var opened = middle.AsSpan().Count(open);
            if (opened <= middle.AsSpan().Count(close))
            {
                continue;
            }

            // Each bracket copies what stands before it.
            var work = (Int128)middle.Length + tail.Length;
            for (var moves = Math.Min(opened, tail.AsSpan().Count(close)); moves > 0; moves--)
            {
                context.ChargeText(work);
                var end = tail.IndexOf(close, StringComparison.Ordinal) + close.Length;
                middle += tail[..end];
                tail = tail[end..];
            }
        }

        return head + LinkAddress(middle) + tail;
    }

    private string LinkAddress(string text)
    {
        var shape = Shape(text);
        context.ChargeText((Int128)text.Length + attributes.Length);
        if (Web().IsMatch(shape))
        {
            var isWhole = text.StartsWith("https://", StringComparison.Ordinal) || text.StartsWith("http://", StringComparison.Ordinal);
            return $"<a href=\"{(isWhole ? "" : "https://")}{text}\"{attributes}>{shorten(text)}</a>";
        }

        const string Mail = "mailto:";
        if (text.StartsWith(Mail, StringComparison.Ordinal) && Email().IsMatch(shape[Mail.Length..]))
        {
            return $"<a href=\"{text}\">{text[Mail.Length..]}</a>";
        }

        if (!text.StartsWith("www.", StringComparison.Ordinal) && !text.StartsWith('@') && !text.Contains(':', StringComparison.Ordinal) && Email().IsMatch(shape))
        {
            return $"<a href=\"{Mail}{text}\">{text}</a>";
        }

        foreach (var scheme in extraSchemes)
        {
            context.Step();
            if (text != scheme && text.StartsWith(scheme, StringComparison.Ordinal))
            {
                text = $"<a href=\"{text}\"{attributes}>{text}</a>";
            }
        }

        return text;
    }

    // Regular expressions here see UTF-16 units: letters above U+FFFF stand as others do, and what is no letter as what is none.
    private static string Shape(string text)
    {
        if (!PyText.HasSurrogates(text))
        {
            return text;
        }

        var shape = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.IsBmp ? shape.Append((char)rune.Value) : shape.Append(PyText.IsWord(rune) ? 'ª' : '©', 2);
        }

        return shape.ToString();
    }

    [GeneratedRegex(@"[^\s\x1c-\x1f]+")]
    private static partial Regex Word();

    [GeneratedRegex("^(?:[(<]|&lt;)+")]
    private static partial Regex Head();

    [GeneratedRegex(@"(?:[)>.,\n]|&gt;)+\z", RegexOptions.RightToLeft)]
    private static partial Regex Tail();

    [GeneratedRegex(@"^\S+@\w[\w.-]*\.\w+\z", RegexOptions.NonBacktracking)]
    private static partial Regex Email();

    [GeneratedRegex(@"^[\w.+-]{2,}:(/){0,2}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Scheme();

    // A scheme or www with a name of any top-level domain, a name of a well-known one, or a numeric address; a port and a path.
    [GeneratedRegex(
        @"^(?:(?:https?://|www\.)(?:[\w%-]+\.)*(?:[a-z]{2,63}|xn--[\w%]{2,59})|(?:[\w%-]{2,63}\.)+(?:com|net|int|edu|gov|org|info|mil)"
        + @"|https?://(?:\d{1,3}(?:\.\d{1,3}){3}|\[(?:[\da-f]{0,4}:){2}(?:[\da-f]{0,4}:?){1,6}\]))(?::\d{1,5})?(?:[/?#]\S*)?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Web();
}
