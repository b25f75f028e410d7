namespace Atropos.TokenTree.Segments;

/// <summary>What the tokens of a <see cref="Segment"/> are.</summary>
public enum SegmentKind
{
    /// <summary>Given to the model: masked in training.</summary>
    Prompt,

    /// <summary>Sampled by the model: trained on.</summary>
    Completion,
}
