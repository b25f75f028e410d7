using System.Text;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Builtins;

/// <summary>Splitting and replacing in str.</summary>
internal static class StringSplitter
{
    /// <summary>Parts up to this length are looked for in place; a search for longer ones is watched, see <see cref="TextSearch"/>.</summary>
    private const int LongPart = 64;

    /// <summary>Splits at a separator, or at runs of white space where it is null, at most <paramref name="most"/> times.</summary>
    public static List<string> Split(string text, string? separator, long most, bool fromRight)
    {
        var parts = separator is null ? Words(text, most, fromRight) : fromRight ? FromRight(text, separator, most) : FromLeft(text, separator, most);
        if (fromRight)
        {
            parts.Reverse();
        }

        return parts;
    }

    public static List<string> Lines(string text, bool keepEnds)
    {
        var lines = new List<string>();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not ('\n' or '\r' or '\v' or '\f' or (>= '\x1c' and <= '\x1e') or '\x85' or '\u2028' or '\u2029'))
            {
                continue;
            }

            var next = text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n' ? i + 2 : i + 1;
            AddPart(lines, text[start..(keepEnds ? next : i)]);
            start = next;
            i = next - 1;
        }

        if (start < text.Length)
        {
            lines.Add(text[start..]);
        }

        return lines;
    }

    public static string Replace(RenderContext context, string text, string old, string replacement, long count)
    {
        var most = count < 0 ? long.MaxValue : count;
        var found = old.Length == 0 ? text.Length + 1 : TextSearch.Count(text, old);
        var times = Math.Min(found, most);
        context.ChargeText(text.Length + ((Int128)times * Math.Max(0, replacement.Length - old.Length)));
        context.Charge(text.Length / 16);
        if (times == 0)
        {
            return text;
        }

        if (old.Length > 0)
        {
            return times == found && old.Length <= LongPart ? text.Replace(old, replacement, StringComparison.Ordinal) : string.Join(replacement, FromLeft(text, old, times));
        }

        var result = new StringBuilder();
        foreach (var character in PyText.Characters(text))
        {
            result.Append(times-- > 0 ? replacement : "").Append(character);
        }

        return result.Append(times > 0 ? replacement : "").ToString();
    }

    private static List<string> FromLeft(string text, string separator, long most)
    {
        var parts = new List<string>();
        var start = 0;
        for (; most > 0; most--)
        {
            var at = IndexOf(text.AsSpan(start), separator);
            if (at < 0)
            {
                break;
            }

            AddPart(parts, text.Substring(start, at));
            start += at + separator.Length;
        }

        AddPart(parts, text[start..]);
        return parts;
    }

    private static List<string> FromRight(string text, string separator, long most)
    {
        var parts = new List<string>();
        var end = text.Length;
        for (; most > 0; most--)
        {
            var rest = text.AsSpan(0, end);
            var at = separator.Length > LongPart ? TextSearch.LastIndexOf(rest, separator) : rest.LastIndexOf(separator);
            if (at < 0)
            {
                break;
            }

            AddPart(parts, text[(at + separator.Length)..end]);
            end = at;
        }

        AddPart(parts, text[..end]);
        return parts;
    }

    private static int IndexOf(ReadOnlySpan<char> text, string part) =>
        part.Length > LongPart ? TextSearch.IndexOf(text, part) : text.IndexOf(part);

    private static void AddPart(List<string> parts, string part)
    {
        Budget.Current?.ChargeParts(1, part.Length);
        parts.Add(part);
    }

    private static List<string> Words(string text, long most, bool fromRight)
    {
        var parts = new List<string>();
        var (start, end) = (0, text.Length);
        while (true)
        {
            while (start < end && PyText.IsSpace(text[fromRight ? end - 1 : start]))
            {
                _ = fromRight ? end-- : start++;
            }

            if (start >= end)
            {
                return parts;
            }

            if (most-- <= 0)
            {
                AddPart(parts, text[start..end]);
                return parts;
            }

            var (from, to) = (start, end);
            while (start < end && !PyText.IsSpace(text[fromRight ? end - 1 : start]))
            {
                _ = fromRight ? end-- : start++;
            }

            AddPart(parts, fromRight ? text[end..to] : text[from..start]);
        }
    }
}
