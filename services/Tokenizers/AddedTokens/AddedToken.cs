namespace Atropos.Tokenizers.AddedTokens;

/// <summary>A token that is found in the text before the pipeline sees it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Content">Its text.</param>
/// <param name="Special">Whether decoding can leave it out.</param>
/// <param name="LeftStrip">Whether it takes in the white space before it.</param>
/// <param name="RightStrip">Whether it takes in the white space after it.</param>
/// <param name="SingleWord">Whether it must not touch a word character.</param>
/// <param name="Normalized">Whether it is looked for, normalized, in the normalized text rather than in the text as given;
/// never found where the normalizer leaves nothing of it.</param>
internal sealed record AddedToken(
    int Id, string Content, bool Special, bool LeftStrip, bool RightStrip, bool SingleWord, bool Normalized);
