namespace Atropos.Tokenizers;

/// <summary>How short encodings are filled up.</summary>
public sealed record PaddingOptions
{
    /// <summary>The most tokens that encodings can be filled up to: what is more can only be a mistake.</summary>
    public const int LargestLength = 1 << 24;

    /// <summary>The length to fill up to, at most <see cref="LargestLength"/>; null takes that of the longest encoding of the batch.</summary>
    public int? Length { get; init; }

    /// <summary>Lengths are rounded up to a multiple of this; null or 0 leaves them.</summary>
    public int? MultipleOf { get; init; }

    /// <summary>The side on which padding is put.</summary>
    public TextSide Side { get; init; }

    /// <summary>The id of padding.</summary>
    public int PadId { get; init; }

    /// <summary>The type id of padding.</summary>
    public int PadTypeId { get; init; }

    /// <summary>The token that padding is reported as.</summary>
    public string PadToken { get; init; } = "[PAD]";
}
