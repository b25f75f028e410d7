namespace Atropos.Tokenizers;

/// <summary>Which of two texts is cut, where they are too long together.</summary>
public enum TruncationStrategy
{
    /// <summary>The longer one first, then both alike.</summary>
    LongestFirst,

    /// <summary>The first text only.</summary>
    OnlyFirst,

    /// <summary>The second text only.</summary>
    OnlySecond,
}
