namespace Atropos.Tokenizers.Models;

/// <summary>
/// The tokens of a text with the part of it that each covers. The model appends, in terms of the piece that it was given; the
/// tokenizer turns its positions into those of the text. Belongs to one call.
/// </summary>
internal sealed class TokenSpans
{
    private readonly List<Token> _tokens = [];

    public int Count => _tokens.Count;

    public Token this[int index]
    {
        get => _tokens[index];
        set => _tokens[index] = value;
    }

    /// <summary>Appends a token.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="start">Where it begins in the piece, in UTF-8 bytes.</param>
    /// <param name="end">Where it ends in the piece, in UTF-8 bytes.</param>
    /// <param name="text">What the original reports as the token, where that is not how the vocabulary writes the id.</param>
    public void Add(int id, int start, int end, string? text = null) => _tokens.Add(new Token(id, start, end, text, -1));

    public void Add(Token token) => _tokens.Add(token);

    public void Clear() => _tokens.Clear();

    /// <param name="Id">The id.</param>
    /// <param name="Start">Where it begins: from the model in UTF-8 bytes of the piece, at the end in UTF-16 units of the text.</param>
    /// <param name="End">Where it ends, likewise.</param>
    /// <param name="Text">The token's text where it is not how the vocabulary writes the id.</param>
    /// <param name="Word">The number of the piece that it comes from; -1 where there is none.</param>
    internal readonly record struct Token(int Id, int Start, int End, string? Text, int Word);
}
