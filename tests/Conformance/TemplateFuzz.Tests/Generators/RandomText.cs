using System.Text;

namespace Atropos.TemplateFuzz.Tests.Generators;

/// <summary>Random texts: words, white space of all sorts, punctuation, letters whose case is odd, digits of other scripts.</summary>
internal static class RandomText
{
    private static readonly string[] Words =
    [
        "a", "b", "abc", "Hello", "world", "hello World", "user", "assistant", "system", "tool", "FOO", "fooBar", "1", "42", "-7", "3.14", "1e5", "0x1F", "0b11",
        "the quick brown fox", "x=1", "<b>bold</b>", "a&b", "it's", "say \"hi\"", "https://example.com/a?b=c", "www.example.org", "me@example.com", "{}", "%s", "{0}",
        "<think>", "</think>", "<|im_start|>", "tru", "None", "True", "inf", "nan", "1_000", "ab-cd", "semi-long-hyphenated-word", "a/b", "\\", "%d items", "role", "content",
    ];

    private static readonly string[] Pieces =
    [
        " ", "  ", "\n", "\t", "\r\n", "\r", "\v", "\f", "\x1c", "\x1d", "\x85", "\xa0", "\u2028", "\u2029", "\u3000", "\u200b", "\ufeff", ",", ".", "!", "-", "_", "'", "\"", "(", "[", ":",
        "é", "É", "ß", "ẞ", "ﬁ", "ŉ", "ǰ", "Σ", "σ", "ς", "ΑΣ", "İ", "ı", "K", "Å", "ǅ", "ǆ", "Ǆ", "ª", "º", "ʰ", "ⅷ", "Ⅷ", "ⓐ", "Ⓐ", "²", "½", "٣", "५", "一", "三", "中文", "日本", "ᾳ", "ᾼ", "և", "ΐ",
        "😀", "👩‍👩‍👧", "🇩🇪", "𝐀", "𐐀", "𐐨", "𝟘", "e\u0301", "\u0301", "\x00", "\x7f", "\xad", "Ω", "ω", "Дом", "дом", "ა", "Ა", "ᏸ", "Ᏸ", "ꭰ", "한글", "ﷺ", "ﬀ", "ſ", "µ", "ÿ", "Ÿ",
    ];

    /// <summary>A text of up to a few dozen characters, mostly plain.</summary>
    public static string Text(Random random)
    {
        if (random.Next(2) == 0)
        {
            return Words[random.Next(Words.Length)];
        }

        var result = new StringBuilder();
        var pieces = random.Next(3) == 0;
        for (var count = random.Next(7); count > 0; count--)
        {
            result.Append(pieces || random.Next(4) == 0 ? Pieces[random.Next(Pieces.Length)] : Words[random.Next(Words.Length)]);
            result.Append(random.Next(3) == 0 ? " " : "");
        }

        return result.ToString();
    }

    /// <summary>A string literal of a template; escapes and quotes of all sorts.</summary>
    public static string Literal(Random random)
    {
        var quote = random.Next(4) == 0 ? '"' : '\'';
        var result = new StringBuilder().Append(quote);
        foreach (var rune in Text(random).EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '\\' => result.Append("\\\\"),
                '\r' => result.Append("\\r"),
                '\0' => result.Append("\\x00"),
                _ when rune.Value == quote => result.Append('\\').Append(quote),
                '\n' when random.Next(4) != 0 => result.Append("\\n"),
                < 0x80 => result.Append((char)rune.Value),
                < 0x10000 when random.Next(8) == 0 => result.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}"),
                _ => result.Append(rune.ToString()),
            };
        }

        return result.Append(quote).ToString();
    }
}
