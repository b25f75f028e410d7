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
    public static bool Stands(string prompt, string? promptWithoutOpening, string before, IReadOnlyList<string> words)
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

    private static bool OpeningStands(string prompt, string? promptWithoutOpening, int at, ReadOnlySpan<char> before)
    {
        var last = prompt.AsSpan(at);
        var common = last.CommonPrefixLength(before);
        if (common == last.Length || ThinkingTags.AreAllOf(last[common..]))
        {
            return true;
        }

        // The template opens an answer otherwise than it prints one: that much is the opening's.
        return promptWithoutOpening is not null
            && prompt.StartsWith(promptWithoutOpening, StringComparison.Ordinal)
            && at + common >= promptWithoutOpening.Length;
    }

    private static bool AreEqualButForThinking(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        var common = one.CommonPrefixLength(other);
        return ThinkingTags.AreAllOf(one[common..]) && ThinkingTags.AreAllOf(other[common..]);
    }
}
