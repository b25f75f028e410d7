using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Patterns;

/// <summary><c>\w+|[^\w\s]+</c> with the words of Rust's expressions, which hold joiners and marks, as Whitespace uses it.</summary>
internal sealed class WordScanner : TextPattern
{
    public static readonly WordScanner Instance = new();

    private readonly CodePointSet _word = CodePointSet.Between(UnicodeSets.Bounds("word"));

    public override bool TryFind(ReadOnlySpan<char> text, int from, out int start, out int end)
    {
        start = from;
        while (start < text.Length && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        end = start;
        if (start == text.Length)
        {
            return false;
        }

        var isWord = _word.Contains(CodePoints.At(text, start, out var length));
        for (end += length; end < text.Length; end += length)
        {
            var point = CodePoints.At(text, end, out length);
            if (_word.Contains(point) != isWord || (!isWord && CodePoints.IsWhiteSpace(point)))
            {
                break;
            }
        }

        return true;
    }
}
