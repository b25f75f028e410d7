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
    public void Expressions_match_as_in_ruby(string expression, string text, string expected)
    {
        Assert.Equal(expected, string.Join(' ', All(new RegexPattern(expression), text)));
    }

    [Theory]
    [InlineData("(?<n>a)")]
    [InlineData("\\p{Arabic}")]
    [InlineData("\\G")]
    [InlineData("\\K")]
    [InlineData("a{")]
    [InlineData("(a")]
    [InlineData("a)")]
    [InlineData("[a")]
    [InlineData("[]a]")]
    [InlineData("*a")]
    [InlineData("(?<=a+)b")]
    [InlineData("(?i)straße")]
    [InlineData("(?x)a")]
    [InlineData("(?=(a))\\1")]
    [InlineData("[[:alpha:]]")]
    [InlineData("a\\")]
    public void What_is_not_known_is_refused(string expression)
    {
        var error = Assert.Throws<FormatException>(() => new RegexPattern(expression));

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
