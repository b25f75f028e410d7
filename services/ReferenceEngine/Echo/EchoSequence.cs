namespace Atropos.ReferenceEngine;

/// <summary>
/// The distribution that the echo model says it has: at position <c>i</c> of the completion the scripted token has probability
/// <c>1 - e</c> with <c>e = (1 + i mod 97) / 1000</c>, and the other tokens share <c>e</c> evenly; inside of the prompt all tokens are equally probable.
/// So the log-probabilities differ from position to position, which shows misalignment, and are true of this distribution; but scoring a completion again as a
/// prompt does not give the same numbers, as it does for the reference model.
/// </summary>
internal sealed class EchoSequence(EchoScript script, EngineTokenizer tokenizer) : ISequenceModel
{
    public int VocabularySize => tokenizer.VocabularySize;

    public int? LengthLimit => script.EndsByLength ? script.Ids.Length : null;

    public bool TryGetForced(int generated, out int token)
    {
        token = generated >= 0 && generated < script.Ids.Length ? script.Ids[generated] : tokenizer.EndOfTurn;
        return true;
    }

    public int Sample(ReadOnlySpan<int> context, int generated, double uniform)
    {
        TryGetForced(generated, out var token);
        return token;
    }

    public double Probability(ReadOnlySpan<int> context, int generated, int token)
    {
        if (generated < 0)
        {
            return 1.0 / VocabularySize;
        }

        TryGetForced(generated, out var forced);
        return token == forced ? 1 - Share(generated) : Share(generated) / (VocabularySize - 1);
    }

    public void FillPowers(ReadOnlySpan<int> context, int generated, double exponent, Span<double> destination)
    {
        TryGetForced(generated, out var forced);
        var other = Probability(context, generated, forced == 0 ? 1 : 0);
        destination.Fill(Math.Pow(other, exponent));
        destination[forced] = Math.Pow(Probability(context, generated, forced), exponent);
    }

    private static double Share(int position) => (1 + (position % 97)) / 1000.0;
}
