using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Patterns;

/// <summary>cl100k's expression as Llama 3 (numbers of up to three digits) and Qwen 2 (single digits) write it.</summary>
internal sealed class Cl100kScanner(int digits) : Scanner
{
    public const string ThreeDigitExpression =
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    public const string OneDigitExpression =
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    protected override int Match(ReadOnlySpan<char> text, int at)
    {
        var contraction = MatchContraction(text, at, ignoreCase: true);
        if (contraction >= 0)
        {
            return contraction;
        }

        var first = CodePoints.At(text, at, out var length);
        if (CodePoints.IsLetter(first))
        {
            return SkipLetters(text, at + length);
        }

        if (CodePoints.IsNumber(first))
        {
            return SkipNumbers(text, at + length, digits - 1);
        }

        var next = at + length;
        if (first is not ('\r' or '\n') && next < text.Length && CodePoints.IsLetter(CodePoints.At(text, next, out var letter)))
        {
            return SkipLetters(text, next + letter);
        }

        return MatchSymbolsOrSpaces(text, at, first, slash: false);
    }

    /// <summary><c> ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+</c>, optionally with a slash beside the line ends of the first branch.</summary>
    internal static int MatchSymbolsOrSpaces(ReadOnlySpan<char> text, int at, int first, bool slash)
    {
        var symbols = first == ' ' ? at + 1 : at;
        var end = SkipSymbols(text, symbols);
        if (end > symbols)
        {
            while (end < text.Length && (text[end] is '\r' or '\n' || (slash && text[end] == '/')))
            {
                end++;
            }

            return end;
        }

        var spaces = SkipSpaces(text, at);
        var lastLineEnd = text[at..spaces].LastIndexOfAny('\r', '\n');
        return lastLineEnd >= 0 ? at + lastLineEnd + 1 : MatchSpaces(text, at);
    }
}
