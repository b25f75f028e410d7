namespace Atropos.Tokenizers;

/// <summary>What offsets count.</summary>
public enum OffsetUnit
{
    /// <summary>Unicode code points, as Python's strings and Hugging Face's offsets do.</summary>
    CodePoints,

    /// <summary>Bytes of the text in UTF-8.</summary>
    Utf8Bytes,

    /// <summary>UTF-16 units, as .NET's and JavaScript's strings do.</summary>
    Utf16,
}
