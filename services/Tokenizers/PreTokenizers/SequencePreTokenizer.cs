namespace Atropos.Tokenizers.PreTokenizers;

/// <summary>Runs pre-tokenizers one after another.</summary>
internal sealed class SequencePreTokenizer(PreTokenizer[] steps) : PreTokenizer
{
    public IReadOnlyList<PreTokenizer> Steps => steps;

    public override bool AsksForStart => steps.Any(step => step.AsksForStart);

    public override void Split(PieceList pieces)
    {
        foreach (var step in steps)
        {
            step.Split(pieces);
        }
    }
}
