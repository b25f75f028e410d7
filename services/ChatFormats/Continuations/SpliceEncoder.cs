using Atropos.Tokenizers;

namespace Atropos.ChatFormats.Continuations;

/// <summary>
/// Encodes text as it is behind other tokens: some tokens take in the white space that follows them, and some tokenizers put a space
/// before what begins a text.
/// </summary>
internal static class SpliceEncoder
{
    // What text may stand behind where its own left neighbour would merge with it, tried in this order.
    private static readonly string[] Neutral = ["\n", "a", "."];

    /// <summary>Gives the ids of a text behind a node's ids; null where the sampled end's text does not become its token.</summary>
    public static int[]? Encode(Tokenizer tokenizer, IReadOnlyList<int> lastTokenIds, SampledEnd? end, string text)
    {
        if (text.Length == 0)
        {
            return [];
        }

        if (end is not null)
        {
            return EncodeBehind(tokenizer, end.Text, [end.Id], text) ?? (tokenizer.IsSpecial(end.Id) ? Alone(tokenizer, text) : null);
        }

        if (lastTokenIds.Count > 0
            && tokenizer.Decode([lastTokenIds[^1]], skipSpecialTokens: false) is { Length: > 0 } left
            && EncodeBehind(tokenizer, left, [lastTokenIds[^1]], text) is { } ids)
        {
            return ids;
        }

        return Alone(tokenizer, text);
    }

    private static int[] Alone(Tokenizer tokenizer, string text)
    {
        foreach (var left in Neutral)
        {
            if (EncodeBehind(tokenizer, left, tokenizer.Encode(left, addSpecialTokens: false), text) is { } ids)
            {
                return ids;
            }
        }

        return tokenizer.Encode(text, addSpecialTokens: false);
    }

    private static int[]? EncodeBehind(Tokenizer tokenizer, string left, int[] leftIds, string text)
    {
        var ids = tokenizer.Encode(left + text, addSpecialTokens: false);
        return ids.AsSpan().StartsWith(leftIds) ? ids[leftIds.Length..] : null;
    }
}
