namespace Atropos.TokenizerService.Output;

/// <summary>What transformers does to a decoded text where <c>clean_up_tokenization_spaces</c> is set.</summary>
internal static class SpaceCleanUp
{
    // In the original's order, each over the whole text: a later one sees what an earlier one has made.
    private static readonly (string Found, string Replacement)[] Rules =
    [
        (" .", "."), (" ?", "?"), (" !", "!"), (" ,", ","), (" ' ", "'"), (" n't", "n't"), (" 'm", "'m"), (" 's", "'s"), (" 've", "'ve"),
        (" 're", "'re"),
    ];

    public static string Apply(string text)
    {
        foreach (var (found, replacement) in Rules)
        {
            text = text.Replace(found, replacement, StringComparison.Ordinal);
        }

        return text;
    }
}
