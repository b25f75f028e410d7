using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Patterns;

/// <summary>One character of a set.</summary>
internal sealed class SetPattern(CodePointSet set) : TextPattern
{
    /// <summary>Rust's <c>char::is_whitespace</c>.</summary>
    public static readonly SetPattern WhiteSpace = new(NamedSets.Space);

    /// <summary>The original's punctuation: ASCII's, with symbols, and category P of an old Unicode version.</summary>
    public static readonly SetPattern Punctuation = new(CodePointSet.Between(UnicodeSets.Bounds("punctuation")));

    public override bool TryFind(ReadOnlySpan<char> text, int from, out int start, out int end)
    {
        for (start = from; start < text.Length; start = end)
        {
            var point = CodePoints.At(text, start, out var length);
            end = start + length;
            if (set.Contains(point))
            {
                return true;
            }
        }

        start = end = 0;
        return false;
    }
}
