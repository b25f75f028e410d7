namespace Atropos.ChatFormats.Continuations;

/// <summary>
/// Proves that the messages before an answer are rendered as they were when it was sampled. What stands between assistants' words
/// has to be equal; what a template puts around thinking may differ, since it belongs to what was generated.
/// </summary>
internal static class HistoryCheck
{
    // Such as an end of text that some templates put behind a conversation that is not to be answered.
    private const int LongestClosing = 64;

    /// <summary>Compares two renderings of the same messages.</summary>
    /// <param name="prompt">The prompt that the answer was sampled behind, its opening included.</param>
    /// <param name="promptWithoutOpening">The same without the opening of the answer; null where the template cannot render it.</param>
    /// <param name="before">What stands before the answer's words in a longer conversation.</param>
    /// <param name="standIns">The words that stand for those of earlier assistants; some may not have been printed.</param>
    public static bool Stands(string prompt, Func<string?> promptWithoutOpening, string before, StandIns standIns)
    {
        var (at, beforeAt) = (0, 0);
        while (standIns.NextWord(prompt, at) is var (start, end))
        {
            if (standIns.NextWord(before, beforeAt) is not var (beforeStart, beforeEnd)
                || !prompt.AsSpan(start, end - start).SequenceEqual(before.AsSpan(beforeStart, beforeEnd - beforeStart))
                || !AreEqualButForThinking(prompt.AsSpan(at, start - at), before.AsSpan(beforeAt, beforeStart - beforeAt)))
            {
                return false;
            }

            (at, beforeAt) = (end, beforeEnd);
        }

        return standIns.NextWord(before, beforeAt) is null && OpeningStands(prompt, promptWithoutOpening, at, before.AsSpan(beforeAt));
    }

    private static bool OpeningStands(string prompt, Func<string?> promptWithoutOpening, int at, ReadOnlySpan<char> before)
    {
        var last = prompt.AsSpan(at);
        if (ThinkingTags.StartsWithButForTags(before, last))
        {
            return true;
        }

        // The template opens an answer otherwise than it prints one: that much is the opening's. What is left out of a prompt without
        // opening must be no more than that, though a closing may stand in its place.
        if (promptWithoutOpening() is not { } bare)
        {
            return false;
        }

        var opening = prompt.AsSpan().CommonPrefixLength(bare);
        return opening >= at && bare.Length - opening <= LongestClosing && at + last.CommonPrefixLength(before) >= opening;
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
                if (DifferByThinking(oneRest[..^end], otherRest[..^end]))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether two texts are the same, or nothing but marks of thinking and the white space around them. White space alone is
    /// what somebody wrote.</summary>
    private static bool DifferByThinking(ReadOnlySpan<char> one, ReadOnlySpan<char> other) =>
        one.SequenceEqual(other)
        || (ThinkingTags.AreAllOf(one) && ThinkingTags.AreAllOf(other) && !(one.IsWhiteSpace() && other.IsWhiteSpace()));

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
