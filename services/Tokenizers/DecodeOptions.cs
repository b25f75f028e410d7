namespace Atropos.Tokenizers;

/// <summary>How to decode.</summary>
public readonly record struct DecodeOptions
{
    /// <summary>Whether to leave special tokens out.</summary>
    public bool SkipSpecialTokens { get; init; }

    /// <summary>
    /// Whether to take out the spaces that tokenizing put before English punctuation and contractions (<c>" ."</c> becomes <c>"."</c>,
    /// <c>" n't"</c> becomes <c>"n't"</c>), as transformers does where <see cref="TokenizerSettings.CleanUpTokenizationSpaces"/> says so.
    /// That the text then differs from what the tokens stand for is why it is off unless asked for.
    /// </summary>
    public bool CleanUpSpaces { get; init; }
}
