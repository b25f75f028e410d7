using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Patterns;

/// <summary>GPT-2's expression, which ByteLevel uses.</summary>
internal sealed class Gpt2Scanner : Scanner
{
    public const string Expression = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    public static readonly Gpt2Scanner Instance = new();

    protected override int Match(ReadOnlySpan<char> text, int at)
    {
        var contraction = MatchContraction(text, at, ignoreCase: false);
        if (contraction >= 0)
        {
            return contraction;
        }

        var word = text[at] == ' ' && at + 1 < text.Length ? at + 1 : at;
        var point = CodePoints.At(text, word, out var length);
        if (CodePoints.IsWhiteSpace(point))
        {
            return MatchSpaces(text, at);
        }

        if (CodePoints.IsLetter(point))
        {
            return SkipLetters(text, word + length);
        }

        return CodePoints.IsNumber(point)
            ? SkipNumbers(text, word + length, int.MaxValue)
            : SkipSymbols(text, word + length);
    }
}
