using System.Buffers;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja;

/// <summary>Text that is marked as safe HTML (markupsafe's <c>Markup</c>): joining it with other text escapes the other text.</summary>
internal sealed class Markup(string value)
{
    private static readonly SearchValues<char> Special = SearchValues.Create("&<>'\"");

    public string Value { get; } = value;

    public static string Escape(string text)
    {
        if (text.AsSpan().IndexOfAny(Special) < 0)
        {
            return text;
        }

        using var result = new TextBuilder(Budget.Current);
        var rest = text.AsSpan();
        for (var at = rest.IndexOfAny(Special); at >= 0; at = rest.IndexOfAny(Special))
        {
            result.Append(rest[..at]);
            result.Append(rest[at] switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '\'' => "&#39;",
                _ => "&#34;",
            });
            rest = rest[(at + 1)..];
        }

        result.Append(rest);

        return result.ToString();
    }
}
