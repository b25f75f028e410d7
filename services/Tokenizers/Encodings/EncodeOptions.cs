namespace Atropos.Tokenizers;

/// <summary>How to encode where more than ids is wanted.</summary>
public sealed record EncodeOptions
{
    /// <summary>Whether to put the tokens around it that the post-processor adds (such as a BOS).</summary>
    public bool AddSpecialTokens { get; init; } = true;

    /// <summary>What <see cref="TokenEncoding.Offsets"/> count.</summary>
    public OffsetUnit OffsetUnit { get; init; }

    /// <summary>
    /// How to cut what is too long; null keeps every token. <see cref="Tokenizer.Truncation"/> is what the tokenizer's file says.
    /// </summary>
    public TruncationOptions? Truncation { get; init; }

    /// <summary>How to fill up what is too short; null leaves it. <see cref="Tokenizer.Padding"/> is what the tokenizer's file says.</summary>
    public PaddingOptions? Padding { get; init; }
}
