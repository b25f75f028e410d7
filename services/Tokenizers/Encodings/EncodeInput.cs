namespace Atropos.Tokenizers;

/// <summary>A text to encode, or two that belong together. A string stands for one text.</summary>
/// <param name="Text">The text.</param>
/// <param name="Pair">The second text; null where there is none.</param>
public readonly record struct EncodeInput(string Text, string? Pair = null)
{
    /// <summary>One text.</summary>
    /// <param name="text">The text.</param>
    public static implicit operator EncodeInput(string text) => new(text);

    /// <summary>One text, where a conversion cannot be written.</summary>
    /// <param name="text">The text.</param>
    public static EncodeInput FromString(string text) => new(text);
}
