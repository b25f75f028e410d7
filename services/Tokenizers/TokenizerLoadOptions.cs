namespace Atropos.Tokenizers;

/// <summary>What a bare vocabulary does not say about itself. Files that say it need none of this.</summary>
public sealed record TokenizerLoadOptions
{
    /// <summary>
    /// The regular expression that cuts text into pieces before byte-pair encoding (tiktoken's <c>pat_str</c>), for a <c>.tiktoken</c>
    /// vocabulary or a pair of vocab.json and merges.txt; null (the default) takes that of the family which the files show.
    /// Other formats bring their own and ignore it.
    /// </summary>
    public string? SplitPattern { get; init; }

    /// <summary>
    /// Special tokens and their ids for a <c>.tiktoken</c> vocabulary; null (the default) takes those of tokenizer_config.json's
    /// <c>added_tokens_decoder</c>, else those of the family which the vocabulary shows. Other formats bring their own and ignore it.
    /// </summary>
    public IReadOnlyDictionary<string, int>? SpecialTokens { get; init; }
}
