namespace Atropos.Tokenizers.Decoders;

/// <summary>Runs decoders one after another.</summary>
internal sealed class SequenceDecoder(TokenDecoder[] steps) : TokenDecoder
{
    public override bool MapsTokens => false;

    /// <summary>The steps in order, those of sequences inside this one included.</summary>
    public IEnumerable<TokenDecoder> Steps => steps.SelectMany(step => step is SequenceDecoder inner ? inner.Steps : [step]);

    public override DecoderStage Start(DecoderStage next)
    {
        for (var index = steps.Length - 1; index >= 0; index--)
        {
            next = steps[index].Start(next);
        }

        return next;
    }
}
