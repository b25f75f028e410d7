namespace Atropos.ChatFormats.Continuations;

/// <summary>
/// Proves that the messages before an answer are rendered as they were when it was sampled. What stands between assistants' words
/// has to be equal; what a template puts around thinking may differ, since it belongs to what was generated.
/// </summary>
internal static class HistoryCheck
{
    /// <summary>Compares two renderings of the same messages.</summary>
    /// <param name="prompt">The prompt that the answer was sampled behind, its opening included.</param>
    /// <param name="promptWithoutOpening">The same without the opening of the answer; null where the template cannot render it.</param>
    /// <param name="before">What stands before the answer's words in a longer conversation.</param>
    /// <param name="words">What stands for the words of earlier assistants, in order; some may not have been printed.</param>
    public static bool Stands(string prompt, Func<string?> promptWithoutOpening, string before, IEnumerable<string> words)
    {
        var (at, beforeAt) = (0, 0);
        foreach (var word in words)
        {
            var (end, beforeEnd) = (prompt.IndexOf(word, at, StringComparison.Ordinal), before.IndexOf(word, beforeAt, StringComparison.Ordinal));
            if (end < 0 != beforeEnd < 0)
            {
                return false;
            }

            if (end < 0)
            {
                continue;
            }

            if (!AreEqualButForThinking(prompt.AsSpan(at, end - at), before.AsSpan(beforeAt, beforeEnd - beforeAt)))
            {
                return false;
            }

            (at, beforeAt) = (end + word.Length, beforeEnd + word.Length);
        }

        return OpeningStands(prompt, promptWithoutOpening, at, before.AsSpan(beforeAt));
    }

    private static bool OpeningStands(string prompt, Func<string?> promptWithoutOpening, int at, ReadOnlySpan<char> before)
    {
        var last = prompt.AsSpan(at);
        if (ThinkingTags.StartsWithButForTags(before, last))
        {
            return true;
        }

        // The template opens an answer otherwise than it prints one: that much is the opening's.
        return promptWithoutOpening() is { } bare && at + last.CommonPrefixLength(before) >= prompt.AsSpan().CommonPrefixLength(bare);
    }

    private static bool AreEqualButForThinking(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        // Two marks may begin or end with the same characters, so the places where the texts part may lie inside one.
        var common = one.CommonPrefixLength(other);
        for (var start = common; start >= Math.Max(0, common - ThinkingTags.LongestLength); start--)
        {
            var oneRest = one[start..];
            var otherRest = other[start..];
            var shared = CommonSuffixLength(oneRest, otherRest);
            for (var end = shared; end >= Math.Max(0, shared - ThinkingTags.LongestLength); end--)
            {
                if (ThinkingTags.AreAllOf(oneRest[..^end]) && ThinkingTags.AreAllOf(otherRest[..^end]))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static int CommonSuffixLength(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        var length = 0;
        while (length < one.Length && length < other.Length && one[^(length + 1)] == other[^(length + 1)])
        {
            length++;
        }

        return length;
    }
}
