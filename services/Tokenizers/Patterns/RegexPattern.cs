using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Patterns;

/// <summary>A regular expression in Oniguruma's Ruby syntax, matched by code point. For the expressions without a hand-written scanner.</summary>
/// <remarks>
/// Known: literals, classes (ranges, nesting, <c>&amp;&amp;</c>, some POSIX names), <c>\d \s \w \h \R</c>, <c>\p{…}</c> for general
/// categories, Han, Hiragana and Katakana; greedy, lazy and possessive repetition; groups, atomic groups, look-around, back references,
/// <c>(?i)</c> by simple folding, anchors. Everything else is refused when parsing: other scripts and properties, named groups, calls,
/// conditions, foldings to several characters (ß, ligatures) and back references under <c>(?i)</c>.
/// </remarks>
internal sealed class RegexPattern : TextPattern
{
    [ThreadStatic]
    private static RegexMatcher? _matcher;

    private readonly RegexInstruction[] _program;
    private readonly int _registers;

    /// <exception cref="FormatException">The expression is malformed or uses a construct that is not known here.</exception>
    public RegexPattern(string expression)
    {
        var node = RegexParser.Parse(expression, out var groups);
        var compiler = new RegexCompiler(expression, groups);
        _program = compiler.Compile(node);
        _registers = compiler.Registers;
    }

    public override bool TryFind(ReadOnlySpan<char> text, int from, out int start, out int end)
    {
        var matcher = _matcher ??= new RegexMatcher();
        for (start = from; start <= text.Length;)
        {
            end = matcher.Match(_program, _registers, text, start);
            if (end >= 0)
            {
                return true;
            }

            if (start == text.Length)
            {
                break;
            }

            CodePoints.At(text, start, out var length);
            start += length;
        }

        start = end = 0;
        return false;
    }
}
