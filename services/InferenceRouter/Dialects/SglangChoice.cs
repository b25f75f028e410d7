namespace Atropos.InferenceRouter.Dialects;

/// <summary>How far one choice of SGLang's answer has got.</summary>
internal sealed class SglangChoice
{
    /// <summary>The array <c>output_ids</c>.</summary>
    public SglangArray Ids;

    /// <summary>The array <c>output_token_logprobs</c>.</summary>
    public SglangArray Logprobs;

    /// <summary>The array <c>output_top_logprobs</c>.</summary>
    public SglangArray Top;

    /// <summary>Whether ids ever came as an array of their own.</summary>
    public bool HasIds { get; set; }

    /// <summary>Characters of untracked text given so far.</summary>
    public int TextLength { get; set; }

    public bool Finished { get; set; }

    public int CompletionTokens { get; set; }
}
