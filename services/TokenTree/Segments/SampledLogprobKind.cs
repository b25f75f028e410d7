namespace Atropos.TokenTree.Segments;

/// <summary>Which distribution a log-probability is of.</summary>
public enum SampledLogprobKind
{
    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>The model's own, before temperature, penalties and truncation.</summary>
    Raw,

    /// <summary>After penalties and temperature, before top-k, top-p and min-p.</summary>
    Tempered,

    /// <summary>After all sampling parameters.</summary>
    Processed,
}
