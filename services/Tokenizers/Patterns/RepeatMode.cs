namespace Atropos.Tokenizers.Patterns;

/// <summary>How much a repetition takes, and whether it gives back.</summary>
internal enum RepeatMode
{
    /// <summary>As much as possible, giving back.</summary>
    Greedy,

    /// <summary>As little as possible.</summary>
    Lazy,

    /// <summary>As much as possible, giving nothing back.</summary>
    Possessive,
}
