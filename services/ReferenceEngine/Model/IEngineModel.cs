namespace Atropos.ReferenceEngine;

/// <summary>A model that the engine serves.</summary>
internal interface IEngineModel
{
    string Name { get; }

    /// <summary>Gets ready to continue a prompt.</summary>
    /// <param name="prompt">The prompt's ids.</param>
    /// <param name="choice">Number of the choice for this prompt, from 0.</param>
    ISequenceModel Start(ReadOnlySpan<int> prompt, int choice);
}
