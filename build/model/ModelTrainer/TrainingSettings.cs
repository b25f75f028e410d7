namespace Atropos.ModelTrainer;

/// <summary>What decides the trained model. The same settings give the same bytes on every machine.</summary>
/// <param name="CorpusBytes">How much text is generated, in UTF-8 bytes.</param>
/// <param name="Seed">Seed of the generator of text.</param>
/// <param name="VocabularySize">Tokens in all: bytes, merges and added tokens.</param>
/// <param name="Order">Length of the longest n-gram.</param>
/// <param name="MinimumCounts">For each length from 1 to <paramref name="Order"/>: n-grams seen less often are dropped. Must not decrease.</param>
/// <param name="DiscountThousandths">Absolute discount taken from each count, in thousandths.</param>
public sealed record TrainingSettings(
    int CorpusBytes,
    ulong Seed,
    int VocabularySize,
    int Order,
    IReadOnlyList<int> MinimumCounts,
    int DiscountThousandths)
{
    /// <summary>The settings of the model that is committed.</summary>
    public static TrainingSettings Default { get; } = new(
        CorpusBytes: 3_000_000,
        Seed: 20260101,
        VocabularySize: 4096,
        Order: 4,
        MinimumCounts: [1, 1, 2, 2],
        DiscountThousandths: 400);
}
