using System.Globalization;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Formatting;

/// <summary>Python's <c>strftime</c> in the C locale, for a time without zone, with the flags and widths of the GNU C library.</summary>
internal static class Strftime
{
    private const int MaxWidth = 1024;

    public static string Format(DateTime time, string format)
    {
        using var result = new TextBuilder(Budget.Current);
        for (var at = 0; at < format.Length; at++)
        {
            if (format[at] == '%')
            {
                result.Append(Directive(time, format, ref at));
            }
            else
            {
                result.Append(format[at]);
            }
        }

        return result.ToString();
    }

    private static string Directive(DateTime time, string format, ref int at)
    {
        var start = at++;
        var (pad, upper, swap) = ('\0', false, false);
        for (; at < format.Length && format[at] is '_' or '-' or '0' or '^' or '#'; at++)
        {
            upper |= format[at] == '^';
            swap |= format[at] == '#';
            pad = format[at] is '^' or '#' ? pad : format[at];
        }

        var width = 0;
        for (; at < format.Length && char.IsAsciiDigit(format[at]); at++)
        {
            width = Math.Min((width * 10) + (format[at] - '0'), MaxWidth);
        }

        at += at < format.Length && format[at] is 'E' or 'O' ? 1 : 0;
        var directive = at < format.Length ? format[at] : '\0';
        if (Number(time, directive) is { } number)
        {
            var digits = number.Value.ToString(CultureInfo.InvariantCulture);
            var fill = pad switch { '_' => ' ', '0' => '0', _ => number.Pad };
            return pad == '-' ? digits.PadLeft(width) : digits.PadLeft(Math.Max(width, number.Width), fill);
        }

        var text = Text(time, directive);
        if (text is null)
        {
            at = Math.Min(at, format.Length - 1);
            text = format[start..(at + 1)];
        }

        text = swap && directive is 'p' or 'Z' ? text.ToLowerInvariant()
            : upper || (swap && directive is 'a' or 'A' or 'b' or 'B' or 'h') ? text.ToUpperInvariant()
            : text;
        return text.PadLeft(width, pad == '0' ? '0' : ' ');
    }

    private static (long Value, int Width, char Pad)? Number(DateTime time, char directive)
    {
        var weekday = (int)time.DayOfWeek;
        return directive switch
        {
            'C' => (time.Year / 100, 2, '0'),
            'd' => (time.Day, 2, '0'),
            'e' => (time.Day, 2, ' '),
            'g' => (ISOWeek.GetYear(time) % 100, 2, '0'),
            'G' => (ISOWeek.GetYear(time), 1, '0'),
            'H' => (time.Hour, 2, '0'),
            'I' => (((time.Hour + 11) % 12) + 1, 2, '0'),
            'j' => (time.DayOfYear, 3, '0'),
            'k' => (time.Hour, 2, ' '),
            'l' => (((time.Hour + 11) % 12) + 1, 2, ' '),
            'm' => (time.Month, 2, '0'),
            'M' => (time.Minute, 2, '0'),
            's' => (new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)).ToUnixTimeSeconds(), 1, '0'),
            'S' => (time.Second, 2, '0'),
            'u' => (weekday == 0 ? 7 : weekday, 1, '0'),
            'U' => ((time.DayOfYear + 6 - weekday) / 7, 2, '0'),
            'V' => (ISOWeek.GetWeekOfYear(time), 2, '0'),
            'w' => (weekday, 1, '0'),
            'W' => ((time.DayOfYear + 6 - ((weekday + 6) % 7)) / 7, 2, '0'),
            'y' => (time.Year % 100, 2, '0'),
            'Y' => (time.Year, 1, '0'),
            _ => null,
        };
    }

    private static string? Text(DateTime time, char directive)
    {
        var invariant = CultureInfo.InvariantCulture;
        return directive switch
        {
            'a' => time.ToString("ddd", invariant),
            'A' => time.ToString("dddd", invariant),
            'b' or 'h' => time.ToString("MMM", invariant),
            'B' => time.ToString("MMMM", invariant),
            'c' => string.Create(invariant, $"{time:ddd MMM} {time.Day,2} {time:HH':'mm':'ss yyyy}"),
            'D' or 'x' => time.ToString("MM'/'dd'/'yy", invariant),
            'f' => time.ToString("ffffff", invariant),
            'F' => time.ToString("yyyy'-'MM'-'dd", invariant),
            'n' => "\n",
            'p' => time.ToString("tt", invariant),
            'P' => time.ToString("tt", invariant).ToLowerInvariant(),
            'r' => time.ToString("hh':'mm':'ss tt", invariant),
            'R' => time.ToString("HH':'mm", invariant),
            't' => "\t",
            'T' or 'X' => time.ToString("HH':'mm':'ss", invariant),
            'z' or 'Z' => "",
            '%' => "%",
            _ => null,
        };
    }
}
