namespace Atropos.Tokenizers;

/// <summary>A side of a sequence of tokens.</summary>
public enum TextSide
{
    /// <summary>The end.</summary>
    Right,

    /// <summary>The beginning.</summary>
    Left,
}
