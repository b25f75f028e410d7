namespace Atropos.Tokenizers;

/// <summary>How encodings that are too long are cut; the parts that are cut off are in <see cref="TokenEncoding.Overflowing"/>.</summary>
public sealed record TruncationOptions
{
    /// <summary>The most tokens of an encoding, added special tokens included. 0 or more.</summary>
    public required int MaxLength { get; init; }

    /// <summary>How many tokens neighbouring parts have in common. Less than what of <see cref="MaxLength"/> is left for the text.</summary>
    public int Stride { get; init; }

    /// <summary>Which of two texts is cut.</summary>
    public TruncationStrategy Strategy { get; init; }

    /// <summary>The side on which tokens are cut off.</summary>
    public TextSide Side { get; init; }
}
