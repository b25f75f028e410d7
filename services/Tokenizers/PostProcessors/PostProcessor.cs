namespace Atropos.Tokenizers.PostProcessors;

/// <summary>
/// The fourth stage: trims offsets, and puts special tokens around one text or two. Every post-processor of the format is such a
/// pair of trimmings and templates.
/// </summary>
/// <param name="Trimmings">What is done to offsets first, in order.</param>
/// <param name="Single">The template of one text.</param>
/// <param name="Pair">The template of two texts.</param>
internal sealed record PostProcessor(
    IReadOnlyList<OffsetTrimming> Trimmings, IReadOnlyList<TemplatePiece> Single, IReadOnlyList<TemplatePiece> Pair)
{
    /// <summary>What is done where a file has no post-processor: two texts one behind the other.</summary>
    public static PostProcessor None { get; } =
        new([], [TemplatePiece.Text(0, 0)], [TemplatePiece.Text(0, 0), TemplatePiece.Text(1, 1)]);

    /// <summary>Whether the type ids of parts that truncation cut off are set too; the original leaves them, but for RoBERTa.</summary>
    public bool SetsOverflowingTypes { get; init; }

    /// <summary>The number of special tokens that are added.</summary>
    public int AddedTokens(bool pair) => (pair ? Pair : Single).Sum(piece => piece.Ids.Length);

    /// <summary>Joins one encoding or two to the final one.</summary>
    public TokenEncoding Process(Tokenizer tokenizer, TokenEncoding[] encodings, bool addSpecialTokens)
    {
        foreach (var trimming in Trimmings)
        {
            encodings = [.. encodings.Select(trimming.Apply)];
        }

        TokenEncoding? whole = null;
        foreach (var piece in encodings.Length == 2 ? Pair : Single)
        {
            if (piece.Sequence < 0 && !addSpecialTokens)
            {
                continue;
            }

            var part = piece.Sequence < 0
                ? TokenEncoding.PutIn(tokenizer, piece.Ids, piece.Tokens, piece.TypeId, attended: true)
                : encodings[piece.Sequence].WithTypeId(piece.TypeId, SetsOverflowingTypes && addSpecialTokens);
            whole = whole is null ? part : whole.Join(part);
        }

        return whole ?? TokenEncoding.PutIn(tokenizer, [], [], 0, attended: true);
    }
}
