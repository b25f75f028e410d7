namespace Atropos.Tokenizers.Patterns;

/// <summary>A fixed, non-empty text.</summary>
internal sealed class LiteralPattern(string literal) : TextPattern
{
    public string Literal => literal;

    public override bool TryFind(ReadOnlySpan<char> text, int from, out int start, out int end)
    {
        var found = text[from..].IndexOf(literal, StringComparison.Ordinal);
        start = from + found;
        end = start + literal.Length;
        return found >= 0;
    }
}
