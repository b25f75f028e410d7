namespace Atropos.Tokenizers.Models;

/// <summary>The settings of a BPE model, under the names of the file.</summary>
internal sealed record BpeOptions
{
    public string? UnkToken { get; init; }

    public bool FuseUnk { get; init; }

    public bool ByteFallback { get; init; }

    public bool IgnoreMerges { get; init; }

    public string ContinuingSubwordPrefix { get; init; } = "";

    public string EndOfWordSuffix { get; init; } = "";

    /// <summary>Pieces come as plain text, and each of its UTF-8 bytes is a symbol under its ByteLevel character.</summary>
    public bool TakesBytes { get; init; }

    /// <summary>Whether text is cut where no merge can cross, which changes the time that it takes and nothing else.</summary>
    public bool CutsWords { get; init; } = true;
}
