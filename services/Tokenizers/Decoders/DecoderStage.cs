namespace Atropos.Tokenizers.Decoders;

/// <summary>
/// One running step of the fifth stage: takes tokens, each as one or more parts of text, and hands on tokens to the next step
/// as soon as they are certain. Whole decoding is the same steps run to the end, so the two cannot differ. Belongs to one decoding.
/// </summary>
internal abstract class DecoderStage
{
    /// <summary>Takes a part of the current token.</summary>
    public abstract void Write(ReadOnlySpan<char> text);

    /// <summary>The current token is whole.</summary>
    public abstract void EndToken();

    /// <summary>No token follows.</summary>
    public abstract void Complete();
}
