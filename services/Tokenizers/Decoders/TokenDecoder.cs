namespace Atropos.Tokenizers.Decoders;

/// <summary>The fifth stage's settings: makes the running steps. Safe for use from several threads.</summary>
internal abstract class TokenDecoder
{
    /// <summary>Starts a decoding whose result goes to <paramref name="next"/>.</summary>
    public abstract DecoderStage Start(DecoderStage next);

    /// <summary>What a token in the middle of a text stands for, as far as this step decides it: byte tokens give raw bytes.</summary>
    public virtual byte[]? TokenBytes(string token) => null;

    /// <summary>What this step makes of a token in the middle of a text.</summary>
    public virtual string TokenText(string token) => token;
}
