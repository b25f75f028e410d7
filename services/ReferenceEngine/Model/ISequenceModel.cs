namespace Atropos.ReferenceEngine;

/// <summary>The next-token distributions of one sequence.</summary>
internal interface ISequenceModel
{
    int VocabularySize { get; }

    /// <summary>Where not null, generation ends with the reason <c>length</c> after this many tokens.</summary>
    int? LengthLimit { get; }

    /// <summary>Whether the next token is decided whatever the sampling parameters say.</summary>
    bool TryGetForced(int generated, out int token);

    /// <summary>Draws from the distribution; the same random number gives the same token.</summary>
    /// <param name="context">The last tokens of prompt and completion, oldest first.</param>
    /// <param name="generated">How many tokens have been generated; negative inside of the prompt.</param>
    /// <param name="uniform">From 0 to below 1.</param>
    int Sample(ReadOnlySpan<int> context, int generated, double uniform);

    double Probability(ReadOnlySpan<int> context, int generated, int token);

    /// <summary>Fills in every token's probability to the power of <paramref name="exponent"/>.</summary>
    void FillPowers(ReadOnlySpan<int> context, int generated, double exponent, Span<double> destination);
}
