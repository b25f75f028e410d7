namespace Atropos.TokenTree.Export;

/// <summary>How often a completion that several training sequences have in common is trained on.</summary>
public enum SharedCompletions
{
    /// <summary>In each sequence: the mask says only what was sampled.</summary>
    TrainInEach,

    /// <summary>
    /// Once over all sequences of an export: in the first of them that has it; in the others it is masked. The sum of all masks is
    /// then the number of tokens that were sampled.
    /// </summary>
    TrainOnce,
}
