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

    /// <summary>What WordPiece and CTC do to each token.</summary>
    public static void Token(ReadOnlySpan<char> token, TextBuffer output)
    {
        // Every replacement begins at a space.
        if (!token.Contains(' '))
        {
            output.Append(token);
            return;
        }

        output.Append(Apply(token.ToString(), OfTokens));
    }

    /// <summary>The running steps of <see cref="Token"/>.</summary>
    public static DecoderStage StartTokens(DecoderStage next) => Start(next, OfTokens);

    /// <summary>What transformers does to a whole text.</summary>
    public static string Text(string text) => Apply(text, OfText);

    /// <summary>The running steps of <see cref="Text(string)"/>.</summary>
    public static DecoderStage StartText(DecoderStage next) => Start(next, OfText);

    private static string Apply(string text, (string From, string To)[] replacements)
    {
        foreach (var (from, to) in replacements)
        {
            text = text.Replace(from, to, StringComparison.Ordinal);
        }

        return text;
    }

    private static DecoderStage Start(DecoderStage next, (string From, string To)[] replacements)
    {
        for (var index = replacements.Length - 1; index >= 0; index--)
        {
            next = new LiteralStage(next, replacements[index].From, replacements[index].To, replacements[index].To);
        }

        return next;
    }
}
