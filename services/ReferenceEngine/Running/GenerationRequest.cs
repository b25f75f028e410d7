namespace Atropos.ReferenceEngine;

/// <summary>A request as the engine runs it: all choices of all its prompts.</summary>
/// <param name="Ids">The ids by which a client may abort it: one for the request, or one for each sequence.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Sequences">Prompt by prompt.</param>
/// <param name="Streams">Whether the client wants to see tokens one by one.</param>
/// <param name="Http">What arrived.</param>
internal sealed record GenerationRequest(
    IReadOnlyList<string> Ids,
    string Model,
    IReadOnlyList<Sequence> Sequences,
    bool Streams,
    ReceivedRequest Http)
{
    public int CompletionTokens => Sequences.Sum(sequence => sequence.Count);

    /// <summary>Asks the sequences whose id starts with a prefix to end.</summary>
    public void AbortWhere(Func<string, bool> matches)
    {
        for (var i = 0; i < Sequences.Count; i++)
        {
            if (matches(Ids.Count == 1 ? Ids[0] : Ids[i]))
            {
                Sequences[i].RequestAbort();
            }
        }
    }
}
