namespace Atropos.TokenizerService;

/// <summary>What the tokenizer service serves.</summary>
public sealed class TokenizerServiceOptions
{
    /// <summary>
    /// The tokenizers to load at start, the default one first. Empty loads the embedded one as <c>reference</c>.
    /// </summary>
    public IList<TokenizerSource> Tokenizers { get; } = [];
}
