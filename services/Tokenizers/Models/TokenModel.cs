namespace Atropos.Tokenizers.Models;

/// <summary>The third stage: from a piece of text to token ids. Safe for use from several threads.</summary>
internal abstract class TokenModel
{
    /// <summary>The model's tokens, without those that were added later.</summary>
    public abstract Vocabulary Vocabulary { get; }

    /// <summary>Appends the ids of one piece.</summary>
    public abstract void Encode(ReadOnlySpan<char> piece, List<int> output);
}
