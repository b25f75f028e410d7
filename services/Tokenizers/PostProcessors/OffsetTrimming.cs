using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.PostProcessors;

/// <summary>Takes white space at either end of a token out of its offsets.</summary>
/// <param name="KeepsPrefixSpace">Whether one space at the start of the text is the one that the pre-tokenizer put there, so that it has
/// no place in the text to be taken out of.</param>
internal sealed record OffsetTrimming(bool KeepsPrefixSpace)
{
    public TokenEncoding Apply(TokenEncoding encoding) => encoding.WithOffsets((tokens, index, offsets) =>
    {
        var token = tokens.TokenAt(index);
        var (start, end) = offsets;
        var leading = token.TakeWhile(IsSpace).Count();
        var trailing = token.Reverse().TakeWhile(IsSpace).Count();
        if (leading > 0)
        {
            var isAdded = leading == 1 && KeepsPrefixSpace && (index == 0 || start == 0);
            start = Math.Min(start + (isAdded ? 0 : leading), end);
        }

        if (trailing > 0 && end >= trailing)
        {
            end = Math.Max(end - trailing, start);
        }

        return new TokenOffsets(start, end);
    });

    private static bool IsSpace(char value) => value == ByteAlphabet.ToChar((byte)' ') || char.IsWhiteSpace(value);
}
