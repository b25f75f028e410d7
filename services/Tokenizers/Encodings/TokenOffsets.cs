namespace Atropos.Tokenizers;

/// <summary>The part of a text that a token covers, in the unit that was asked for.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends: the position behind its last character. Equal to <paramref name="Start"/> for a token that
/// stands for nothing in the text, such as a special token that was added or a space that the tokenizer put in.</param>
public readonly record struct TokenOffsets(int Start, int End);
