namespace Atropos.Tokenizers.Encodings;

/// <summary>Cuts encodings to a length, as the original does.</summary>
internal static class Truncation
{
    /// <summary>Cuts one encoding, or two that will be joined, before special tokens are added.</summary>
    /// <param name="encodings">One or two; replaced by what is left of them.</param>
    /// <param name="options">How.</param>
    /// <param name="addedTokens">How many special tokens will be added.</param>
    public static void Apply(TokenEncoding[] encodings, TruncationOptions options, int addedTokens)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaxLength);
        ArgumentOutOfRangeException.ThrowIfNegative(options.Stride);
        var most = options.MaxLength - addedTokens;
        if (most < 0)
        {
            throw new ArgumentException(
                $"{nameof(TruncationOptions.MaxLength)} {options.MaxLength} has no room for the {addedTokens} special tokens that are added.",
                nameof(options));
        }

        var total = encodings.Sum(encoding => encoding.Count);
        if (total <= most && most > 0)
        {
            return;
        }

        if (most == 0)
        {
            for (var index = 0; index < encodings.Length; index++)
            {
                encodings[index] = Cut(encodings[index], 0, options);
            }
        }
        else if (options.Strategy == TruncationStrategy.LongestFirst)
        {
            CutLongest(encodings, most, options);
        }
        else
        {
            CutOne(encodings, total - most, options);
        }
    }

    private static void CutLongest(TokenEncoding[] encodings, int most, TruncationOptions options)
    {
        if (encodings is [var single])
        {
            encodings[0] = Cut(single, most, options);
            return;
        }

        var (first, second) = (encodings[0].Count, encodings[1].Count);
        var (shorter, longer) = (Math.Min(first, second), Math.Max(first, second));
        longer = shorter > most ? shorter : Math.Max(shorter, most - shorter);
        if (shorter + longer > most)
        {
            shorter = most / 2;
            longer = shorter + (most % 2);
        }

        encodings[0] = Cut(encodings[0], first > second ? longer : shorter, options);
        encodings[1] = Cut(encodings[1], first > second ? shorter : longer, options);
    }

    private static void CutOne(TokenEncoding[] encodings, int excess, TruncationOptions options)
    {
        var target = options.Strategy == TruncationStrategy.OnlyFirst ? 0 : 1;
        if (target >= encodings.Length)
        {
            throw new ArgumentException("Truncation of the second text only (OnlySecond) needs a second text.", nameof(options));
        }

        var left = encodings[target].Count - excess;
        if (left <= 0)
        {
            throw new ArgumentException(
                $"The text to cut ({options.Strategy}) has {encodings[target].Count} tokens, and {excess} are too many: "
                + "raise MaxLength or cut with LongestFirst.",
                nameof(options));
        }

        encodings[target] = Cut(encodings[target], left, options);
    }

    private static TokenEncoding Cut(TokenEncoding encoding, int most, TruncationOptions options)
    {
        if (most >= encoding.Count)
        {
            return encoding;
        }

        if (most == 0)
        {
            return encoding.Copy(0, 0, [encoding]);
        }

        if (options.Stride >= most)
        {
            throw new ArgumentException(
                $"{nameof(TruncationOptions.Stride)} {options.Stride} must be less than the {most} tokens that are left for the text.",
                nameof(options));
        }

        var parts = Parts(encoding.Count, most, options).ToArray();
        return encoding.Copy(
            parts[0].Start, parts[0].End, [.. parts.Skip(1).Select(part => encoding.Copy(part.Start, part.End, []))]);
    }

    private static IEnumerable<(int Start, int End)> Parts(int count, int most, TruncationOptions options)
    {
        var step = most - options.Stride;
        if (options.Side == TextSide.Right)
        {
            for (var start = 0; ; start += step)
            {
                var end = Math.Min(start + most, count);
                yield return (start, end);
                if (end == count)
                {
                    yield break;
                }
            }
        }

        for (var end = count; ; end -= step)
        {
            var start = Math.Max(0, end - most);
            yield return (start, end);
            if (start == 0)
            {
                yield break;
            }
        }
    }
}
