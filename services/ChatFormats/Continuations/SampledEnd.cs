using Atropos.Tokenizers;

namespace Atropos.ChatFormats.Continuations;

/// <summary>The special token that a sampled answer ends with.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Text">Its text.</param>
internal sealed record SampledEnd(int Id, string Text)
{
    /// <summary>The end of an answer; null where it was cut short.</summary>
    public static SampledEnd? Of(Tokenizer tokenizer, IReadOnlyList<int> lastTokenIds)
    {
        var last = lastTokenIds.Count > 0 ? lastTokenIds[^1] : -1;
        return (tokenizer.IsSpecial(last) || tokenizer.Settings.EosTokenIds.Contains(last)) && tokenizer.IdToToken(last) is { Length: > 0 } text
            ? new SampledEnd(last, text)
            : null;
    }
}
