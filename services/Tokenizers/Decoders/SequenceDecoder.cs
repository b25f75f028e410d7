namespace Atropos.Tokenizers.Decoders;

/// <summary>Runs decoders one after another.</summary>
internal sealed class SequenceDecoder(TokenDecoder[] steps) : TokenDecoder
{
    public override DecoderStage Start(DecoderStage next)
    {
        for (var index = steps.Length - 1; index >= 0; index--)
        {
            next = steps[index].Start(next);
        }

        return next;
    }

    public override byte[]? TokenBytes(string token)
    {
        foreach (var step in steps)
        {
            if (step.TokenBytes(token) is { } bytes)
            {
                return bytes;
            }

            token = step.TokenText(token);
        }

        return null;
    }

    public override string TokenText(string token) => steps.Aggregate(token, static (text, step) => step.TokenText(text));
}
