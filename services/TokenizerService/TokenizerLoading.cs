namespace Atropos.TokenizerService;

/// <summary>When tokenizers are loaded.</summary>
public enum TokenizerLoading
{
    /// <summary>
    /// Each once at start, so that a file that is missing or broken ends the start; where there are more than
    /// <see cref="TokenizerServiceOptions.MostLoaded"/>, the first ones stay in memory.
    /// </summary>
    Start,

    /// <summary>At the first call that needs one. At start only the default one is loaded, and the others' places are looked at.</summary>
    Use,
}
