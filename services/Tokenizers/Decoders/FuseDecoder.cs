namespace Atropos.Tokenizers.Decoders;

/// <summary>Makes one token of all.</summary>
internal sealed class FuseDecoder : TokenDecoder
{
    public override bool MapsTokens => false;

    public override DecoderStage Start(DecoderStage next) => new Stage(next);

    private sealed class Stage(DecoderStage next) : DecoderStage
    {
        public override void Write(ReadOnlySpan<char> text) => next.Write(text);

        public override void EndToken()
        {
        }

        public override void Complete()
        {
            next.EndToken();
            next.Complete();
        }
    }
}
