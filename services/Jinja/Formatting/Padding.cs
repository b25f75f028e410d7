using System.Text;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Formatting;

/// <summary>Fills text up to a width in code points.</summary>
internal static class Padding
{
    /// <summary>Fills up to <paramref name="width"/>. <paramref name="align"/> says where the text stands (<c>&lt;</c>, <c>&gt;</c>
    /// or <c>^</c>), <paramref name="centerLeft"/> that an odd space goes as <c>str.center</c> has it, not as <c>format</c>.</summary>
    public static string Pad(RenderContext context, string text, long width, string fill, char align, bool centerLeft = false)
    {
        var missing = width - PyText.Length(text);
        if (missing <= 0)
        {
            return text;
        }

        context.ChargeText((Int128)text.Length + ((Int128)missing * fill.Length));
        var left = align switch
        {
            '<' => 0,
            '>' => missing,
            _ => (missing / 2) + (centerLeft ? missing & width & 1 : 0),
        };
        var result = new StringBuilder();
        Repeat(result, fill, left);
        result.Append(text);
        Repeat(result, fill, missing - left);
        return result.ToString();
    }

    private static void Repeat(StringBuilder result, string fill, long times)
    {
        for (; times > 0; times--)
        {
            result.Append(fill);
        }
    }
}
