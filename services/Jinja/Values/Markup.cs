using System.Text;

namespace Atropos.Jinja;

/// <summary>Text that is marked as safe HTML (markupsafe's <c>Markup</c>): joining it with other text escapes the other text.</summary>
internal sealed class Markup(string value)
{
    public string Value { get; } = value;

    public static string Escape(string text)
    {
        if (text.AsSpan().IndexOfAny("&<>'\"") < 0)
        {
            return text;
        }

        var result = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            _ = c switch
            {
                '&' => result.Append("&amp;"),
                '<' => result.Append("&lt;"),
                '>' => result.Append("&gt;"),
                '\'' => result.Append("&#39;"),
                '"' => result.Append("&#34;"),
                _ => result.Append(c),
            };
        }

        return result.ToString();
    }
}
