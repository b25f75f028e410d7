using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Patterns;

/// <summary>A regular expression in Oniguruma's Ruby syntax, matched by code point. For the expressions without a hand-written scanner.</summary>
/// <remarks>
/// Known: literals, classes (ranges, nesting, <c>&amp;&amp;</c>, POSIX names), <c>\d \s \w \h \N \O \R \X</c>, <c>\p{…}</c> for
/// general categories, scripts and further properties; greedy, lazy and possessive repetition; groups, named too, atomic groups,
/// look-around, back references, comments, <c>(?imx)</c> with foldings to several characters, anchors. Everything else is refused when
/// parsing, by name: calls, conditions, absent operators, <c>\K</c>, <c>\y</c>, octal and control escapes, blocks (<c>\p{In…}</c>).
/// </remarks>
internal sealed class RegexPattern : TextPattern
{
    [ThreadStatic]
    private static RegexMatcher? _matcher;

    private readonly string _expression;
    private readonly RegexInstruction[] _program;
    private readonly int _registers;
    private readonly CodePointSet? _first;
    private readonly CodePointSet? _leadingRun;

    /// <exception cref="FormatException">The expression is malformed or uses a construct that is not known here.</exception>
    public RegexPattern(string expression)
    {
        var node = RegexParser.Parse(expression, out var groups);
        var compiler = new RegexCompiler(expression, groups);
        _expression = expression;
        _program = compiler.Compile(node);
        _registers = compiler.Registers;
        _first = RegexAnalysis.First(node);
        _leadingRun = RegexAnalysis.LeadingRun(node);
    }

    /// <exception cref="InvalidOperationException">The expression would take too long on this text.</exception>
    public override bool TryFind(ReadOnlySpan<char> text, int from, out int start, out int end)
    {
        var matcher = _matcher ??= new RegexMatcher();
        if (from == 0)
        {
            matcher.BeginText(text.Length);
        }

        try
        {
            return TryFind(matcher, text, from, out start, out end);
        }
        catch (RegexStepsException error)
        {
            matcher.Trim();
            throw new InvalidOperationException($"The expression {_expression} takes too many steps on a text of {text.Length} characters.", error);
        }
    }

    private bool TryFind(RegexMatcher matcher, ReadOnlySpan<char> text, int from, out int start, out int end)
    {
        for (start = from; start <= text.Length;)
        {
            var inside = start < text.Length;
            var length = 1;
            var point = inside ? CodePoints.At(text, start, out length) : -1;
            if (_first is null || (inside && _first.Contains(point)))
            {
                end = matcher.Match(_program, _registers, text, from, start);
                if (end >= 0)
                {
                    return true;
                }
            }

            start += length;
            while (_leadingRun is not null && inside && _leadingRun.Contains(point) && start < text.Length
                && _leadingRun.Contains(CodePoints.At(text, start, out length)))
            {
                start += length;
            }
        }

        start = end = 0;
        return false;
    }
}
