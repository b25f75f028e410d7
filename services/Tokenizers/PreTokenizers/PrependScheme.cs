namespace Atropos.Tokenizers.PreTokenizers;

/// <summary>Which pieces get the character for a space put before them.</summary>
internal enum PrependScheme
{
    /// <summary>Every piece.</summary>
    Always,

    /// <summary>The piece at the beginning of the text.</summary>
    First,

    /// <summary>None.</summary>
    Never,
}
