namespace Atropos.Tokenizers.PostProcessors;

/// <summary>The fourth stage: puts special tokens around an encoded text.</summary>
internal abstract class PostProcessor
{
    /// <summary>Appends the sequence with its special tokens.</summary>
    public abstract void Process(ReadOnlySpan<int> sequence, List<int> output);
}
