using Atropos.Tokenizers.Patterns;
using FsCheck;
using FsCheck.Fluent;

namespace Atropos.Tokenizers.Tests;

public sealed class PatternTests
{
    private static readonly (string Expression, TextPattern Scanner)[] Scanners =
    [
        (Gpt2Scanner.Expression, Gpt2Scanner.Instance),
        (Cl100kScanner.OneDigitExpression, new Cl100kScanner(digits: 1)),
        (Cl100kScanner.ThreeDigitExpression, new Cl100kScanner(digits: 3)),
        (O200kScanner.Expression, new O200kScanner(contractions: true, digits: 3)),
        (O200kScanner.TekkenExpression, new O200kScanner(contractions: false, digits: 1)),
    ];

    [Fact]
    public void Scanners_match_as_their_expressions_do()
    {
        var engines = Scanners.Select(pair => new RegexPattern(pair.Expression)).ToArray();
        var parts = Gen.Elements(
            "a", "B", "ǅ", "ʰ", "あ", "é", "\u0301", "1", "²", "Ⅷ", "٣", " ", "  ", "\t", "\n", "\r\n", "\u00A0", "\u3000", "'", "'s", "'LL", "'Re", "'ſ",
            ".", "/", "_", "𝐀", "𝟙", "👍", "\u200D", "𐐨", "ª", "中").ListOf().ToArbitrary();
        Prop.ForAll(parts, list =>
        {
            var text = string.Concat(list);
            for (var index = 0; index < engines.Length; index++)
            {
                Assert.Equal(All(engines[index], text), All(Scanners[index].Scanner, text));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    [Theory]
    [InlineData("a|ab", "abab", "a a")]
    [InlineData("(?:ab?)+?b", "aabb", "aabb")]
    [InlineData("a*?b", "aab", "aab")]
    [InlineData("a{2,3}", "aaaaa", "aaa aa")]
    [InlineData("(?:ab){2}", "ababab", "abab")]
    [InlineData("a++b|a", "aab aa", "aab a a")]
    [InlineData("(?>a+)ab|b", "aab", "b")]
    [InlineData("(?<=a)b|(?<!a)c", "abcac", "b c")]
    [InlineData("(?<=x|yz)a", "xayzaza", "a a")]
    [InlineData("(\\w)\\1", "aabccd", "aa cc")]
    [InlineData("(?:a|b)*c", "abac", "abac")]
    [InlineData("(?:a*)*b", "aab", "aab")]
    [InlineData("^a|b$", "a\nab\nb", "a a b b")]
    [InlineData("\\Aa|b\\z", "aab\nb", "a b")]
    [InlineData("\\bé\\b", "é éé", "é")]
    [InlineData("[^\\W\\d_]+", "añ_1b", "añ b")]
    [InlineData("[\\p{L}&&[^a-m]]+", "amnzé", "nzé")]
    [InlineData("[[:punct:]$]+", "a$!b", "$!")]
    [InlineData("\\p{^L}|\\P{L}", "a1", "1")]
    [InlineData(".", "a\n👍", "a 👍")]
    [InlineData("[👍-👏]", "👎", "👎")]
    [InlineData("\\x41\\x{1F44D}\\u0042", "A👍B", "A👍B")]
    [InlineData("(?i:k)K", "\u212AK", "\u212AK")]
    [InlineData("a(?i)b|c", "aBaC", "aB aC")]
    [InlineData("(?i:a)b|(?-i:c)", "AbCc", "Ab c")]
    [InlineData("\\R", "a\r\nb", "\r\n")]
    [InlineData("\\h+", "xAfz", "Af")]
    [InlineData("\\p{Arabic}+|\\p{Hebr}", "aبםב", "ب ם ב")]
    [InlineData("[[:alpha:]]+|[[:^alpha:]]", "é1", "é 1")]
    [InlineData("\\p{Emoji}|\\p{Alpha}", "👍a!", "👍 a")]
    [InlineData("\\w+|[\\w]+!", "a²³ é", "a²³ é")]
    [InlineData("[\\w]+", "a²", "a")]
    [InlineData("\\G.", "ab", "a b")]
    [InlineData("(?<=a+|bcd)e", "aae bcde ce", "e e")]
    [InlineData("(?<![ab]+)c", "abc xc", "c")]
    [InlineData("(?<n>a)\\k<n>", "aaa", "aa")]
    [InlineData("(?i)(k)\\1", "kK", "kK")]
    [InlineData("(?x) a b # c", "ab", "ab")]
    [InlineData("(?#c)a", "a", "a")]
    [InlineData("(?m:a.b)", "a\nb", "a\nb")]
    [InlineData("a{,2}", "aaa", "aa a")]
    [InlineData("a{2}?b", "baab", "b aab")]
    [InlineData("x{1,3}?", "xx", "x x")]
    [InlineData("a{|a{x}", "a{ a{x}", "a{ a{")]
    [InlineData("[]a]", "]a", "] a")]
    [InlineData("[a&&b]|c", "abc", "c")]
    [InlineData("\\X", "e\u0301a", "e\u0301 a")]
    [InlineData("\\N|\\O", "a\n", "a \n")]
    [InlineData("(?i)straße", "STRASSE Straße STRAẞE straſse", "STRASSE Straße STRAẞE straſse")]
    [InlineData("(?i)ss", "ß SS s", "ß SS")]
    [InlineData("(?i)ß+", "ssß sss", "ssß ss")]
    [InlineData("(?i)sss", "ßs sß", "ßs")]
    [InlineData("(?i)ffi", "ﬃ FFI ﬀi", "ﬃ FFI")]
    [InlineData("(?i)s", "ß", "")]
    [InlineData("(?i)[a-zß]x", "ssx", "ssx")]
    [InlineData("(?i)[^ß]", "ss", "s s")]
    public void Expressions_match_as_in_ruby(string expression, string text, string expected)
    {
        Assert.Equal(expected, string.Join(' ', All(new RegexPattern(expression), text)));
    }

    [Theory]
    [InlineData("\\K")]
    [InlineData("\\y")]
    [InlineData("\\101")]
    [InlineData("\\p{Nonsense}")]
    [InlineData("\\p{InThai}")]
    [InlineData("(?~a)")]
    [InlineData("(?s)a")]
    [InlineData("(?<n>a)(b)\\1")]
    [InlineData("\\k<n>")]
    [InlineData("[]")]
    [InlineData("(a")]
    [InlineData("a)")]
    [InlineData("[a")]
    [InlineData("*a")]
    [InlineData("(?=(a))\\1")]
    [InlineData("a\\")]
    public void What_is_not_known_is_refused(string expression)
    {
        var error = Assert.Throws<FormatException>(() => new RegexPattern(expression));

        Assert.Contains(expression, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\\s+$")]
    [InlineData("\\s*x")]
    [InlineData("[ab]++c")]
    public void A_run_that_leads_nowhere_is_passed_over_once(string expression)
    {
        var text = new string(expression[0] == '[' ? 'a' : ' ', 400_000) + "y";

        Assert.Empty(All(new RegexPattern(expression), text));
    }

    [Theory]
    [InlineData("(?:a*)*b")]
    [InlineData("(?:a|a)*b")]
    [InlineData("(a+)+\\1b")]
    public void An_expression_without_end_is_stopped(string expression)
    {
        var error = Assert.Throws<InvalidOperationException>(() => All(new RegexPattern(expression), new string('a', 100) + "c"));

        Assert.Contains(expression, error.Message, StringComparison.Ordinal);
    }

    private static List<string> All(TextPattern pattern, string text)
    {
        var found = new List<string>();
        var from = 0;
        var lastEnd = -1;
        while (pattern.TryNext(text, ref from, ref lastEnd, out var start, out var end))
        {
            found.Add(text[start..end]);
        }

        return found;
    }
}
