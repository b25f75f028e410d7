using System.Buffers;
using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Decoders;

/// <summary>Takes out spaces that tokenizing put before English punctuation and contractions: a fixed row of replacements.</summary>
internal static class CleanUp
{
    private static readonly (string From, string To)[] OfText =
    [
        (" .", "."), (" ?", "?"), (" !", "!"), (" ,", ","), (" ' ", "'"),
        (" n't", "n't"), (" 'm", "'m"), (" 's", "'s"), (" 've", "'ve"), (" 're", "'re"),
    ];

    private static readonly (string From, string To)[] OfTokens =
    [
        .. OfText[..7], (" do not", " don't"), .. OfText[7..],
    ];

    // Every replacement begins at a space; what stands behind it.
    private static readonly SearchValues<char> Second = SearchValues.Create([.. OfTokens.Select(entry => entry.From[1])]);

    /// <summary>What WordPiece and CTC do to each token.</summary>
    public static void Token(ReadOnlySpan<char> token, TextBuffer output)
    {
        if (!MayBegin(token))
        {
            output.Append(token);
            return;
        }

        output.Append(Apply(token.ToString(), OfTokens));
    }

    /// <summary>The running steps of <see cref="Token"/>.</summary>
    public static DecoderStage StartTokens(DecoderStage next) => new CleanUpStage(next, OfTokens);

    /// <summary>What transformers does to a whole text.</summary>
    public static string Text(string text) => Apply(text, OfText);

    /// <summary>The running steps of <see cref="Text(string)"/>.</summary>
    public static DecoderStage StartText(DecoderStage next) => new CleanUpStage(next, OfText);

    /// <summary>Whether a replacement may begin in the text, be it that its end has not come yet.</summary>
    public static bool MayBegin(ReadOnlySpan<char> text)
    {
        while (text.IndexOf(' ') is >= 0 and var space)
        {
            if (space == text.Length - 1 || Second.Contains(text[space + 1]))
            {
                return true;
            }

            text = text[(space + 1)..];
        }

        return false;
    }

    private static string Apply(string text, (string From, string To)[] replacements)
    {
        foreach (var (from, to) in replacements)
        {
            text = text.Replace(from, to, StringComparison.Ordinal);
        }

        return text;
    }
}
