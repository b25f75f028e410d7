using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Patterns;

/// <summary>A hand-written equivalent of a well-known splitting expression; each such expression matches at every position.</summary>
internal abstract class Scanner : TextPattern
{
    public sealed override bool TryFind(ReadOnlySpan<char> text, int from, out int start, out int end)
    {
        start = end = from;
        if (from >= text.Length)
        {
            return false;
        }

        end = Match(text, from);
        return true;
    }

    /// <summary>The end of the match that starts at <paramref name="at"/>, which is inside the text.</summary>
    protected abstract int Match(ReadOnlySpan<char> text, int at);

    protected static int SkipLetters(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && CodePoints.IsLetter(CodePoints.At(text, at, out var length)))
        {
            at += length;
        }

        return at;
    }

    protected static int SkipNumbers(ReadOnlySpan<char> text, int at, int limit)
    {
        for (; limit > 0 && at < text.Length && CodePoints.IsNumber(CodePoints.At(text, at, out var length)); limit--)
        {
            at += length;
        }

        return at;
    }

    /// <summary>Skips <c>[^\s\p{L}\p{N}]*</c>.</summary>
    protected static int SkipSymbols(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && IsSymbol(CodePoints.At(text, at, out var length)))
        {
            at += length;
        }

        return at;
    }

    protected static int SkipSpaces(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at;
    }

    protected static bool IsSymbol(int codePoint) =>
        !CodePoints.IsWhiteSpace(codePoint) && !CodePoints.IsLetter(codePoint) && !CodePoints.IsNumber(codePoint);

    /// <summary><c>\s+(?!\S)|\s+</c>: a run of spaces, less its last one when a word follows and the run has more than one.</summary>
    protected static int MatchSpaces(ReadOnlySpan<char> text, int at)
    {
        var end = SkipSpaces(text, at);
        return end == text.Length || end - at == 1 ? end : end - 1;
    }

    /// <summary><c>'s|'t|'re|'ve|'m|'ll|'d</c>: the end of the contraction at <paramref name="at"/>, or -1.</summary>
    protected static int MatchContraction(ReadOnlySpan<char> text, int at, bool ignoreCase)
    {
        if (at + 1 >= text.Length || text[at] != '\'')
        {
            return -1;
        }

        var first = Fold(text[at + 1], ignoreCase);
        if (first is 's' or 't' or 'm' or 'd')
        {
            return at + 2;
        }

        var second = at + 2 < text.Length ? Fold(text[at + 2], ignoreCase) : '\0';
        return (first, second) is ('r', 'e') or ('v', 'e') or ('l', 'l') ? at + 3 : -1;
    }

    // The long s folds to s: the one character outside ASCII that (?i) lets match here.
    private static char Fold(char value, bool ignoreCase) => !ignoreCase ? value : value switch
    {
        >= 'A' and <= 'Z' => (char)(value | 0x20),
        '\u017F' => 's',
        _ => value,
    };
}
