namespace Atropos.Tokenizers.Models;

/// <summary>The settings of a WordPiece model.</summary>
internal sealed record WordPieceOptions
{
    /// <summary>The token of a word that cannot be cut up; it may be missing in the vocabulary until such a word comes.</summary>
    public required string UnkToken { get; init; }

    /// <summary>What stands before the tokens that go on within a word; may be empty.</summary>
    public required string ContinuingSubwordPrefix { get; init; }

    /// <summary>A word of more characters (Unicode code points) is unknown without being looked at.</summary>
    public required int MaxInputCharsPerWord { get; init; }
}
