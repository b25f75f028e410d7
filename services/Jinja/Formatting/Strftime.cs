using System.Globalization;
using System.Text;

namespace Atropos.Jinja.Formatting;

/// <summary>Python's <c>strftime</c> in the C locale, for a time without zone.</summary>
internal static class Strftime
{
    public static string Format(DateTime time, string format)
    {
        var result = new StringBuilder(format.Length + 16);
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                result.Append(format[i]);
                continue;
            }

            var flag = format[i + 1] is '-' or '_' or '0' or '^' && i + 2 < format.Length ? format[++i] : '\0';
            result.Append(Flagged(One(time, format[++i]), flag));
        }

        return result.ToString();
    }

    private static string Flagged(string text, char flag) => flag switch
    {
        '-' => text.TrimStart('0', ' ') is { Length: > 0 } trimmed ? trimmed : text[^1..],
        '_' => new string(' ', text.Length - Math.Max(1, text.TrimStart('0').Length)) + text[^Math.Max(1, text.TrimStart('0').Length)..],
        '0' => text.Replace(' ', '0'),
        '^' => text.ToUpperInvariant(),
        _ => text,
    };

    private static string One(DateTime time, char directive)
    {
        var custom = directive switch
        {
            'a' => "ddd",
            'A' => "dddd",
            'b' or 'h' => "MMM",
            'B' => "MMMM",
            'c' => "ddd MMM d HH:mm:ss yyyy",
            'd' => "dd",
            'D' or 'x' => "MM'/'dd'/'yy",
            'F' => "yyyy'-'MM'-'dd",
            'H' => "HH",
            'I' => "hh",
            'm' => "MM",
            'M' => "mm",
            'p' => "tt",
            'r' => "hh':'mm':'ss tt",
            'R' => "HH':'mm",
            'S' => "ss",
            'T' or 'X' => "HH':'mm':'ss",
            'y' => "yy",
            'Y' => "yyyy",
            'f' => "ffffff",
            _ => null,
        };
        if (directive == 'c')
        {
            return string.Create(CultureInfo.InvariantCulture, $"{time:ddd MMM} {time.Day,2} {time:HH':'mm':'ss yyyy}");
        }

        return custom is not null ? time.ToString("\"\"" + custom, CultureInfo.InvariantCulture) : Computed(time, directive);
    }

    private static string Computed(DateTime time, char directive)
    {
        var weekday = (int)time.DayOfWeek;
        return directive switch
        {
            'C' => Digits(time.Year / 100, 2),
            'e' => time.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2),
            'g' => Digits(ISOWeek.GetYear(time) % 100, 2),
            'G' => Digits(ISOWeek.GetYear(time), 4),
            'j' => Digits(time.DayOfYear, 3),
            'P' => time.ToString("tt", CultureInfo.InvariantCulture).ToLowerInvariant(),
            'k' => time.Hour.ToString(CultureInfo.InvariantCulture).PadLeft(2),
            'l' => (((time.Hour + 11) % 12) + 1).ToString(CultureInfo.InvariantCulture).PadLeft(2),
            'n' => "\n",
            's' => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            't' => "\t",
            'u' => Digits(weekday == 0 ? 7 : weekday, 1),
            'U' => Digits((time.DayOfYear + 6 - weekday) / 7, 2),
            'V' => Digits(ISOWeek.GetWeekOfYear(time), 2),
            'w' => Digits(weekday, 1),
            'W' => Digits((time.DayOfYear + 6 - ((weekday + 6) % 7)) / 7, 2),
            'z' or 'Z' => "",
            '%' => "%",
            _ => "%" + directive,
        };
    }

    private static string Digits(int number, int width) => number.ToString(CultureInfo.InvariantCulture).PadLeft(width, '0');
}
