namespace Atropos.Tokenizers.Encodings;

/// <summary>Fills encodings up to a length, as the original does.</summary>
internal static class Padding
{
    public static void Apply(Tokenizer tokenizer, TokenEncoding[] encodings, PaddingOptions options)
    {
        if (encodings.Length == 0)
        {
            return;
        }

        var longest = encodings.Max(encoding => encoding.Count);
        ArgumentOutOfRangeException.ThrowIfNegative(options.Length ?? 0, nameof(PaddingOptions.Length));
        long filled = options.Length ?? longest;
        if (options.MultipleOf is > 0 and var multiple && filled % multiple > 0)
        {
            filled += multiple - (filled % multiple);
        }

        var most = Math.Max(longest, PaddingOptions.LargestLength);
        var length = filled <= most ? (int)filled : throw new ArgumentException(
            $"Padding would fill encodings up to {filled} tokens; {nameof(PaddingOptions.Length)} and {nameof(PaddingOptions.MultipleOf)} can ask for {most}.",
            nameof(options));

        for (var index = 0; index < encodings.Length; index++)
        {
            encodings[index] = Fill(tokenizer, encodings[index], length, options);
        }
    }

    private static TokenEncoding Fill(Tokenizer tokenizer, TokenEncoding encoding, int length, PaddingOptions options)
    {
        TokenEncoding[] overflowing = [.. encoding.Overflowing.Select(part => Fill(tokenizer, part, length, options))];
        var missing = length - encoding.Count;
        var filled = encoding.Copy(0, encoding.Count, []);
        if (missing > 0)
        {
            var padding = TokenEncoding.PutIn(
                tokenizer,
                Enumerable.Repeat(options.PadId, missing).ToArray(),
                Enumerable.Repeat(options.PadToken, missing).ToArray(),
                options.PadTypeId,
                attended: false);
            filled = options.Side == TextSide.Left ? padding.Join(filled) : filled.Join(padding);
        }

        return filled.Copy(0, filled.Count, overflowing);
    }
}
