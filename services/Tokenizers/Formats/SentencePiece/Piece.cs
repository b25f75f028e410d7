namespace Atropos.Tokenizers.Formats.SentencePiece;

/// <summary>A token of a SentencePiece model; its place in the list is its id.</summary>
internal readonly record struct Piece(string Text, float Score, PieceKind Kind);
