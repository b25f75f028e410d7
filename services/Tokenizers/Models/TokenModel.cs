namespace Atropos.Tokenizers.Models;

/// <summary>The third stage: from a piece of text to token ids. Safe for use from several threads.</summary>
internal abstract class TokenModel
{
    /// <summary>The model's tokens, without those that were added later.</summary>
    public abstract Vocabulary Vocabulary { get; }

    /// <summary>Appends the ids of one piece.</summary>
    /// <exception cref="InvalidOperationException">The piece needs an unknown token that the vocabulary lacks.</exception>
    public abstract void Encode(ReadOnlySpan<char> piece, List<int> output);

    /// <summary>Appends the tokens of one piece with the bytes of it that each covers: the same ids as the other overload gives.</summary>
    /// <inheritdoc cref="Encode(ReadOnlySpan{char}, List{int})" path="/exception"/>
    public abstract void Encode(ReadOnlySpan<char> piece, TokenSpans output);
}
