namespace Atropos.Tokenizers.Patterns;

/// <summary>What an anchor asks of a position.</summary>
internal enum AnchorKind
{
    /// <summary><c>^</c>: the beginning of a line.</summary>
    LineStart,

    /// <summary><c>$</c>: the end of a line.</summary>
    LineEnd,

    /// <summary><c>\A</c>: the beginning of the text.</summary>
    TextStart,

    /// <summary><c>\z</c>: the end of the text.</summary>
    TextEnd,

    /// <summary><c>\Z</c>: the end of the text, or before a line feed that ends it.</summary>
    TextEndOrLastLineFeed,

    /// <summary><c>\G</c>: where the search began.</summary>
    SearchStart,

    /// <summary><c>\b</c>.</summary>
    WordBoundary,

    /// <summary><c>\B</c>.</summary>
    NoWordBoundary,
}
