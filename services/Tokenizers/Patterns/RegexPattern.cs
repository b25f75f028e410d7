namespace Atropos.Tokenizers.Patterns;

internal sealed class RegexPattern : TextPattern
{
    public RegexPattern(string expression) => throw new FormatException($"expression {expression} is not supported");

    public override bool TryFind(ReadOnlySpan<char> text, int from, out int start, out int end) => throw new InvalidOperationException();
}
